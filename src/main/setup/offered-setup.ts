import { basename } from 'node:path'
import type { OfferedFile } from '../../contract/events.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { SealProblem } from './seal.ts'
import type { Setup } from './setup.ts'

/** The setup file that was opened and waits for its passphrase. It is kept in memory as it is: sealed. */
export interface OfferedSetup {
  /** Takes a file in; FILE_UNREADABLE where it can't be read, or is none by its size. */
  offer(path: string): Promise<Outcome<OfferedFile>>
  /**
   * SETUP_PASSPHRASE, SETUP_DAMAGED or SETUP_FOREIGN where it can't be opened; IPC_REFUSED where another one, or none,
   * waits.
   */
  open(no: number, passphrase: string): Promise<Outcome<Setup>>
  /** Forgets this one; another that was opened meanwhile goes on waiting. */
  forget(no: number): void
}

const codes = {
  passphrase: 'SETUP_PASSPHRASE',
  damaged: 'SETUP_DAMAGED',
  foreign: 'SETUP_FOREIGN',
} as const satisfies Record<SealProblem, string>

export function createOfferedSetup(read: (path: string) => Promise<Uint8Array | null>): OfferedSetup {
  let offered: (OfferedFile & { readonly sealed: Uint8Array }) | null = null
  let last = 0
  return {
    async offer(path) {
      const sealed = await read(path)
      if (sealed === null) return fail({ code: 'FILE_UNREADABLE' })
      last += 1
      offered = { no: last, name: basename(path), sealed }
      return ok({ no: offered.no, name: offered.name })
    },
    async open(no, passphrase) {
      if (offered?.no !== no) return fail({ code: 'IPC_REFUSED' })
      const { sealed } = offered
      // What seals and opens is loaded for the first file alone.
      const { openSetup } = await import('./setup.ts')
      const setup = await openSetup(sealed, passphrase)
      return setup.ok ? setup : fail({ code: codes[setup.failure] })
    },
    forget(no) {
      if (offered?.no === no) offered = null
    },
  }
}
