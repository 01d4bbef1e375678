import type { Outcome } from '../../domain/failure.ts'

/**
 * The owner of a key: a profile together with one carrier. A profile whose host was changed has no key at the
 * new host, so that an edited or imported setting can't send the key elsewhere.
 */
export interface KeyOwner {
  readonly profileId: string
  readonly origin: string
  /** Which of the owner's keys: the authKey that somebody typed, unless it is said. */
  readonly which?: 'oem-key' | 'obtained-key' | 'proxy-login' | 'team-password'
}

/** The name under which a key is kept. */
export const slotOf = ({ profileId, origin, which }: KeyOwner): string =>
  [profileId, origin, which].filter(part => part !== undefined).join(' ')

/** Where keys are kept. A key is read here, in the main process, to be sent to the carrier and nowhere else. */
export interface KeyVault {
  /** KEY_MISSING where the owner has none. */
  read(owner: KeyOwner): Promise<Outcome<string>>
  /** KEY_MALFORMED before anything is written, KEY_NOT_SAVED where the keychain reads back something else. */
  save(owner: KeyOwner, key: string): Promise<Outcome<null>>
  delete(owner: KeyOwner): Promise<Outcome<null>>
}

/** When an owner's key was saved: the one thing about a key that is kept outside the keychain. */
export interface KeyDates {
  savedAt(owner: KeyOwner): number | null
  saved(owner: KeyOwner, at: number): void
  deleted(owner: KeyOwner): void
}

/** Windows' credential store takes 2,560 bytes; the carrier's keys are alphanumeric. */
const AUTH_KEY = /^[\x21-\x7e]{1,2560}$/

export const isKey = (text: string): boolean => AUTH_KEY.test(text)
