import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cardFiles } from './card/card.ts'
import { root } from './run.ts'

/** `npm run card`: writes the page to print; `npm test` fails where it is not up to date. */
for (const [path, text] of Object.entries(cardFiles())) writeFileSync(join(root, path), text)
