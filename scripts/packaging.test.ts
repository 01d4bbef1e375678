import { FuseV1Options } from '@electron/fuses'
import { describe, expect, it } from 'vitest'
import { fuses, macSigning, packaging } from './packaging.ts'

describe('8: the packaged binary', () => {
  it.each([
    ['RunAsNode', false],
    ['EnableCookieEncryption', true],
    ['EnableNodeOptionsEnvironmentVariable', false],
    ['EnableNodeCliInspectArguments', false],
    ['EnableEmbeddedAsarIntegrityValidation', true],
    ['OnlyLoadAppFromAsar', true],
    ['LoadBrowserProcessSpecificV8Snapshot', false],
    ['GrantFileProtocolExtraPrivileges', false],
    ['WasmTrapHandlers', true],
  ] as const)('has the fuse %s set to %s', (name, value) => {
    expect(fuses[FuseV1Options[name]]).toBe(value)
  })

  it('has every fuse set that there is, and is not made where a new one is not', () => {
    const all = Object.values(FuseV1Options).filter(value => typeof value === 'number')
    expect(all.every(option => typeof fuses[option as keyof typeof fuses] === 'boolean')).toBe(true)
    expect(fuses.strictlyRequireAllFuses).toBe(true)
  })

  it('loads an archive whose integrity it knows, with nothing beside it but native modules', () => {
    expect(packaging).toMatchObject({
      asar: true,
      asarUnpack: ['**/*.node'],
      npmRebuild: false,
      publish: null,
    })
    expect(packaging.mac).toMatchObject({ hardenedRuntime: true })
  })

  it('says on macOS, in both languages, what the local network is for', () => {
    const said = packaging.mac?.extendInfo?.NSLocalNetworkUsageDescription
    expect(said).toContain('プロキシ')
    expect(said).toContain('proxy')
  })
})

describe('a package for macOS', () => {
  it('is signed with the identity that is named, and is hardened', () => {
    expect(macSigning({ CSC_NAME: 'Operator KK' }, { adHoc: false })).toEqual({ hardenedRuntime: true })
    expect(macSigning({ CSC_LINK: 'operator.p12' }, { adHoc: false })).toEqual({ hardenedRuntime: true })
  })

  it('is not made without an identity, unless somebody wants it so', () => {
    expect(() => macSigning({}, { adHoc: false })).toThrow('CSC_NAME')
    expect(() => macSigning({ CSC_NAME: '' }, { adHoc: false })).toThrow('--ad-hoc')
    // A library of no team would not be loaded otherwise.
    expect(macSigning({}, { adHoc: true })).toMatchObject({ identity: '-', hardenedRuntime: false })
    expect(macSigning({}, { adHoc: true }).artifactName).toContain('unsigned')
  })
})
