import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'plist'
import { describe, expect, it } from 'vitest'
import { policyKeyNames } from '../../src/main/policy/keys.ts'
import { readPolicy } from '../../src/main/policy/policy.ts'
import { root } from '../run.ts'
import { mobileconfig, policyJson, registryText } from './examples.ts'
import { policyFiles } from './files.ts'
import { adml, admx } from './group-policy.ts'

it.each(Object.entries(policyFiles()))('%s is as `npm run policy` writes it', (path, text) => {
  expect(readFileSync(join(root, path)).equals(Buffer.from(text as string))).toBe(true)
})

describe('each example has a value for every key, and the program reads it without a problem', () => {
  const expectWhole = (values: Readonly<Record<string, unknown>>) => {
    const policy = readPolicy('file', [{ values }])
    expect(policy.problems).toEqual([])
    expect(Object.keys(policy.values).sort()).toEqual([...policyKeyNames].sort())
  }

  it('as JSON', () => expectWhole(JSON.parse(policyJson())))

  it('as a configuration profile', () => {
    const { PayloadContent: [content] = [] } = parse(mobileconfig()) as {
      PayloadContent?: Readonly<Record<string, unknown>>[]
    }
    expectWhole(
      Object.fromEntries(Object.entries(content ?? {}).filter(([name]) => !name.startsWith('Payload'))),
    )
  })

  it('as a file for the registry', () => {
    const values = [...registryText().matchAll(/^"(\w+)"=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value.startsWith('dword:')
        ? Number.parseInt(value.slice(6), 16)
        : value.startsWith('hex(7):')
          ? Buffer.from(value.slice(7).split(',').join(''), 'hex')
              .toString('utf16le')
              .slice(0, -2)
              .split('\0')
          : value.slice(1, -1),
    ])
    expectWhole(Object.fromEntries(values))
  })
})

describe('the templates for Group Policy', () => {
  it('name for each policy a title, an explanation and a control, in both languages', () => {
    for (const text of [adml('ja'), adml('en')]) {
      const strings = new Set([...text.matchAll(/<string id="(\w+)">/g)].map(([, id]) => id))
      const controls = new Set([...text.matchAll(/<presentation id="(\w+)">/g)].map(([, id]) => id))
      for (const [, id = ''] of admx().matchAll(/\$\(string\.(\w+)\)/g)) expect(strings).toContain(id)
      for (const [, id = ''] of admx().matchAll(/\$\(presentation\.(\w+)\)/g)) expect(controls).toContain(id)
    }
    expect([...admx().matchAll(/<policy name="(\w+)"/g)].map(([, name]) => name)).toEqual(policyKeyNames)
  })

  it.skipIf(!existsSync('/usr/bin/xmllint'))('are well-formed', () => {
    for (const text of [admx(), adml('ja'), adml('en')])
      expect(spawnSync('xmllint', ['--noout', '-'], { input: text }).status).toBe(0)
  })
})
