import { basename } from 'node:path'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { SealProblem } from './seal.ts'
import type { Setup } from './setup.ts'

/** The setup file that was opened and waits for its passphrase. It is kept in memory as it is: sealed. */
export interface OfferedSetup {
  /** Takes a file in; FILE_UNREADABLE where it can't be read, or is none by its size. */
  offer(path: string): Promise<Outcome<string>>
  /** Its name; null where none waits. */
  name(): string | null
  /** SETUP_PASSPHRASE, SETUP_DAMAGED or SETUP_FOREIGN where it can't be opened; IPC_REFUSED where none waits. */
  open(passphrase: string): Promise<Outcome<Setup>>
  forget(): void
}

const codes = {
  passphrase: 'SETUP_PASSPHRASE',
  damaged: 'SETUP_DAMAGED',
  foreign: 'SETUP_FOREIGN',
} as const satisfies Record<SealProblem, string>

export function createOfferedSetup(read: (path: string) => Promise<Uint8Array | null>): OfferedSetup {
  let offered: { readonly name: string; readonly sealed: Uint8Array } | null = null
  return {
    async offer(path) {
      const sealed = await read(path)
      if (sealed === null) return fail({ code: 'FILE_UNREADABLE' })
      offered = { name: basename(path), sealed }
      return ok(offered.name)
    },
    name: () => offered?.name ?? null,
    async open(passphrase) {
      if (offered === null) return fail({ code: 'IPC_REFUSED' })
      // What seals and opens is loaded for the first file alone.
      const { openSetup } = await import('./setup.ts')
      const setup = await openSetup(offered.sealed, passphrase)
      return setup.ok ? setup : fail({ code: codes[setup.failure] })
    },
    forget() {
      offered = null
    },
  }
}
