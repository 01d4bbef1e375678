import { useTranslation } from 'react-i18next'
import type { AccountReading } from '../../../shared/account.ts'
import { useDesk } from '../../store/index.ts'
import { useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import css from './lookup.module.css'

/** What was typed is not one account: says why, or lets the agent pick one of several. */
export function Question({ reading }: { readonly reading: Exclude<AccountReading, { found: 'one' }> }) {
  const { t } = useTranslation()
  const number = useNumber()
  const lookUp = useDesk(state => state.lookUp)
  if (reading.found === 'none') {
    return (
      <p className={css['question']} role="alert" data-code="INVALID_ACCOUNT">
        {t(`lookup.problem.${reading.problem}`)}
      </p>
    )
  }
  return (
    <div className={css['question']} role="alert" data-code="INVALID_ACCOUNT">
      <p>{t(reading.accounts.length === 1 ? 'lookup.unsure' : 'lookup.several')}</p>
      <ul className={css['chips']}>
        {reading.accounts.map(account => (
          <li key={account.id}>
            <Button onClick={() => void lookUp(account)}>{number(account)}</Button>
          </li>
        ))}
      </ul>
      <p className={css['soft']}>{t('lookup.bulk')}</p>
    </div>
  )
}
