import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.ts'
import { mobileconfig, policyJson, registryFile } from './examples.ts'
import { adml, admx } from './group-policy.ts'
import { withTable } from './table.ts'

const guide = (language: 'ja' | 'en', path: string): string =>
  withTable(readFileSync(join(root, path), 'utf8'), language)

/** Every file that is made of the list of policies, by its path in the repository. */
export const policyFiles = (): Readonly<Record<string, string | Uint8Array>> => ({
  'resources/policy/TrafficDesk.admx': admx(),
  'resources/policy/ja-JP/TrafficDesk.adml': adml('ja'),
  'resources/policy/en-US/TrafficDesk.adml': adml('en'),
  'resources/policy/TrafficDesk.mobileconfig': mobileconfig(),
  'resources/policy/TrafficDesk.reg': registryFile(),
  'resources/policy/policy.json': policyJson(),
  'docs/admin.md': guide('en', 'docs/admin.md'),
  'docs/admin.ja.md': guide('ja', 'docs/admin.ja.md'),
})
