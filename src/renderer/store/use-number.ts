import { type Account, formatAccount, maskAccount } from '../../shared/account.ts'
import { useDesk } from './index.ts'

/** How an account is written on the screen: masked under the veil. What is copied is never taken from here. */
export function useNumber(): (account: Account) => string {
  return useDesk(state => state.veiled) ? maskAccount : formatAccount
}
