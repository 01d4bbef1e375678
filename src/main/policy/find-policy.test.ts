import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, buildBinary, parse } from 'plist'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findPolicy, policyFile } from './find-policy.ts'
import { managedPreferences } from './managed-preferences.ts'
import { readPolicy } from './policy.ts'
import { type Registry, registryPolicies } from './registry.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-policy-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a policy in a file', () => {
  const write = (text: string) => {
    const path = join(folder, 'policy.json')
    writeFileSync(path, text, { mode: 0o644 })
    return path
  }

  it('is one object, and there is none where there is no file', () => {
    expect(policyFile(write('{"AllowExport":false}'))).toEqual([{ values: { AllowExport: false } }])
    expect(policyFile(join(folder, 'nothing.json'))).toEqual([])
  })

  it.each(['', 'AllowExport', '[]', '"text"', 'null', '{"AllowExport":'])('is unreadable as %j', text => {
    expect(policyFile(write(text))).toEqual([{ problem: 'unreadable' }])
  })

  it.skipIf(process.platform === 'win32')(
    'is not believed where others than root could have written it',
    () => {
      const path = write('{"AllowExport":true}')
      chmodSync(path, 0o666)
      expect(policyFile(path, { mustBeRoots: true })).toEqual([{ problem: 'untrusted' }])
      chmodSync(path, 0o644)
      const isRoot = process.getuid?.() === 0
      expect(policyFile(path, { mustBeRoots: true })).toEqual([
        isRoot ? { values: { AllowExport: true } } : { problem: 'untrusted' },
      ])
    },
  )

  it('30: that an environment variable names counts in a program that is not packaged alone', async () => {
    const env = { TRAFFIC_DESK_POLICY: write('{"AllowExport":false}') }
    const at = { platform: 'none', env }
    expect(await findPolicy({ ...at, isPackaged: false })).toMatchObject({ values: { AllowExport: false } })
    expect(await findPolicy({ ...at, isPackaged: true })).toMatchObject({ source: null, values: {} })
  })
})

describe('managed preferences', () => {
  const find = () => managedPreferences('sato', { parse, folder })

  it('are those of the computer and then those of the user, binary or XML', () => {
    mkdirSync(join(folder, 'sato'))
    writeFileSync(
      join(folder, 'io.trafficdesk.app.plist'),
      buildBinary({ AllowExport: false, PayloadUUID: 'X' }),
    )
    writeFileSync(join(folder, 'sato/io.trafficdesk.app.plist'), build({ SupportContact: '情報システム部' }))
    expect(find()).toEqual([
      { values: { AllowExport: false } },
      { values: { SupportContact: '情報システム部' } },
    ])
  })

  it('are unreadable where they are damaged, and none where there are none', () => {
    expect(find()).toEqual([])
    for (const bytes of ['', 'bplist00', '<plist>', '<plist><array/></plist>']) {
      writeFileSync(join(folder, 'io.trafficdesk.app.plist'), bytes)
      expect(find(), bytes).toEqual([{ problem: 'unreadable' }])
    }
  })
})

describe('group policy', () => {
  const HKEY = { LOCAL_MACHINE: 1, CURRENT_USER: 2 } as unknown as Registry['HKEY']
  const Access = { READ: 0x20019, WOW64_64KEY: 0x100 } as unknown as Registry['Access']
  /** A registry that holds these values under the policies' key of each hive. */
  const registryOf = (hives: Readonly<Record<number, Readonly<Record<string, unknown>> | Error>>) => {
    const open = new Set<unknown>()
    const registry = {
      HKEY,
      Access,
      openKey(hive: unknown, path: string, access: number) {
        const values = hives[hive as number]
        if (values instanceof Error) throw values
        if (values === undefined || path !== 'Software\\Policies\\Traffic Desk' || access !== 0x20119)
          return null
        const key = { values }
        open.add(key)
        return key
      },
      enumValueNames: (key: unknown) => Object.keys((key as { values: object }).values),
      queryValue(key: unknown, name: string) {
        const value = (key as { values: Record<string, unknown> }).values[name]
        if (value instanceof Error) throw value
        return value
      },
      closeKey: (key: unknown) => open.delete(key),
    }
    return { registry: registry as unknown as Registry, open }
  }

  it('is read for the computer and then for the user, and nothing stays open', () => {
    const { registry, open } = registryOf({
      1: { AllowExport: 0, Language: 'ja' },
      2: { Profiles: ['[', ']'] },
    })
    expect(registryPolicies(registry)).toEqual([
      { values: { AllowExport: 0, Language: 'ja' } },
      { values: { Profiles: ['[', ']'] } },
    ])
    expect(open.size).toBe(0)
  })

  it('has a value that no key takes where one is of a type that can’t be read', () => {
    const { registry } = registryOf({ 1: { AllowExport: new Error('REG_NONE'), Language: 'ja' } })
    const policy = readPolicy('registry', registryPolicies(registry))
    expect(policy).toMatchObject({
      values: { AllowExport: false, Language: 'ja' },
      problems: [{ key: 'AllowExport' }],
    })
  })

  it('is none where there is no key, and unreadable where the key is there and can’t be read', () => {
    expect(registryPolicies(registryOf({}).registry)).toEqual([])
    expect(registryPolicies(registryOf({ 1: new Error('access denied') }).registry)).toEqual([
      { problem: 'unreadable' },
    ])
  })
})
