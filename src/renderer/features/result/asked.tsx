import type { Account } from '../../../domain/account.ts'
import { carrierTimes, type GoodLookup, reportDay } from '../../../domain/traffic.ts'
import { ticketWords } from '../../../ticket/words.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { ago } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import css from './usage.module.css'

/** When the carrier was asked and how long it took; a stored answer says that it is one. */
export function Asked({
  account,
  lookup,
  stored,
  isToday,
}: {
  readonly account: Account
  readonly lookup: GoodLookup
  readonly stored: boolean
  readonly isToday: boolean
}) {
  const { t } = useTranslation()
  const language = useStore(state => state.app.language)
  const lookUp = useStore(state => state.lookUp)
  const now = useNow(1000)
  const day = reportDay(lookup)
  const age = ago(now - lookup.repliedAt, language)
  return (
    <div className={css['asked']}>
      <p>
        {stored && <strong className={css['stored']}>{t('usage.stored')}</strong>}
        {t('usage.asked', { at: ticketWords[language].asOf(carrierTimes(lookup)) })}
        {' · '}
        {t('usage.took', { seconds: (lookup.durationMs / 1000).toFixed(1) })}
      </p>
      <p className={css['soft']}>
        {day.isCertain
          ? t(stored ? 'usage.storedHint' : 'usage.freshHint', { ago: age })
          : t('usage.overMidnight')}
      </p>
      <Button look={isToday ? 'plain' : 'primary'} onClick={() => void lookUp(account, true)}>
        {t('lookup.again')}
      </Button>
    </div>
  )
}
