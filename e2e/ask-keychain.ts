import { systemClock } from '../src/main/clock.ts'
import type { KeyDates } from '../src/main/keychain/key-vault.ts'
import { createKeytarVault } from '../src/main/keychain/keytar-vault.ts'
import { createLoadKeytar } from '../src/main/keychain/load-keytar.ts'

/** A process that uses its environment's real keychain and prints the result of each step as JSON. */

const owner = { profileId: '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10', origin: 'https://carrier.example' }
const steps = process.argv.slice(2)

/** As after a restart: the key was saved once, in this run or in one before. */
let savedAt: number | null = steps.includes('saved-before') ? 1 : null
const keyDates: KeyDates = {
  savedAt: () => savedAt,
  saved: (_owner, at) => {
    savedAt = at
  },
  deleted: () => {
    savedAt = null
  },
}
const open = () =>
  createKeytarVault({
    load: createLoadKeytar({ platform: process.platform, arch: process.arch, onLoaded() {} }),
    clock: systemClock,
    keyDates,
    platform: process.platform,
  })

let vault = open()
const said: string[] = []
for (const step of steps) {
  if (step === 'restart') vault = open()
  const outcome =
    step === 'save'
      ? await vault.save(owner, 'REAL-KEY-1')
      : step === 'read'
        ? await vault.read(owner)
        : step === 'delete'
          ? await vault.delete(owner)
          : null
  if (outcome !== null) said.push(outcome.ok ? String(outcome.value ?? 'done') : outcome.failure.code)
}
console.log(JSON.stringify(said))
process.exit(0)
