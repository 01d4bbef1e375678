import { type Account, formatAccount, maskAccount } from '../../domain/account.ts'
import { HIDDEN_NAME, hideNumbers } from '../../domain/hide-numbers.ts'
import { useStore } from './react.ts'

/** How an account is written on the screen: masked while numbers are hidden. What is copied is never taken from here. */
export function useNumber(): (account: Account) => string {
  return useStore(state => state.numbersHidden) ? maskAccount : formatAccount
}

/** How texts from outside are shown: without numbers and names while numbers are hidden. */
export interface Hidden {
  /** A customer's name or note: dots in its place. */
  readonly name: (text: string) => string
  /** A carrier's words, a file's row: numbers masked. */
  readonly text: (text: string) => string
  readonly isOn: boolean
}

const shown: Hidden = { name: text => text, text: text => text, isOn: false }
const hidden: Hidden = {
  name: text => (text === '' ? '' : HIDDEN_NAME),
  text: text => hideNumbers(text),
  isOn: true,
}

export function useHidden(): Hidden {
  return useStore(state => state.numbersHidden) ? hidden : shown
}
