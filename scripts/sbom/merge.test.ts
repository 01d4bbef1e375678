import { expect, it } from 'vitest'
import { type Bill, mergedBill } from './merge.ts'

const bill = (...names: readonly string[]): Bill => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: names.map(name => ({ type: 'library', name, version: '1.0.0', purl: `pkg:npm/${name}@1.0.0` })),
})

it('the list of what is in the program has each component once, and what is not bundled beside it', () => {
  const merged = mergedBill([bill('zod', 'react'), bill('zod', 'undici')], {
    program: { name: 'traffic-desk', version: '0.1.0', license: 'MIT' },
    installed: [{ name: '@github/keytar', version: '7.10.6', license: 'MIT' }],
  })
  expect(merged.components.map(({ purl }) => purl)).toEqual([
    'pkg:npm/%40github/keytar@7.10.6',
    'pkg:npm/react@1.0.0',
    'pkg:npm/undici@1.0.0',
    'pkg:npm/zod@1.0.0',
  ])
  expect(merged.metadata.component).toMatchObject({
    type: 'application',
    name: 'traffic-desk',
    version: '0.1.0',
  })
})
