import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { policyFiles } from './policy/files.ts'
import { root } from './run.ts'

/** `npm run policy`: writes what administrators are given about the policy; `npm test` fails where it is not up to date. */
for (const [path, text] of Object.entries(policyFiles())) {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
