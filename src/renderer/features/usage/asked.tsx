import { useTranslation } from 'react-i18next'
import type { Account } from '../../../shared/account.ts'
import { type GoodLookup, japanMinute } from '../../../shared/traffic.ts'
import { useDesk } from '../../store/index.ts'
import { Button } from '../../ui/button.tsx'
import { ago } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import css from './usage.module.css'

/** When the carrier was asked and how long it took; a stored answer says that it is one. */
export function Asked({
  account,
  lookup,
  stored,
}: {
  readonly account: Account
  readonly lookup: GoodLookup
  readonly stored: boolean
}) {
  const { t } = useTranslation()
  const language = useDesk(state => state.app.language)
  const lookUp = useDesk(state => state.lookUp)
  const now = useNow(1000)
  const age = ago(now - lookup.repliedAt, language)
  return (
    <div className={css['asked']}>
      <p>
        {stored && <strong className={css['stored']}>{t('usage.stored')}</strong>}
        {t('usage.asked', { at: japanMinute(lookup.repliedAt) })}
        {' · '}
        {t('usage.took', { seconds: (lookup.durationMs / 1000).toFixed(1) })}
      </p>
      <p className={css['soft']}>{t(stored ? 'usage.storedHint' : 'usage.freshHint', { ago: age })}</p>
      <Button onClick={() => void lookUp(account, true)}>{t('lookup.again')}</Button>
    </div>
  )
}
