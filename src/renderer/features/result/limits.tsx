import type { Profile } from '../../../contract/profile.ts'
import { rulesOf } from '../../../contract/profile-rules.ts'
import { dataSize, limitSize } from '../../../domain/data-size.ts'
import { isReached, type Measure, measures } from '../../../domain/restriction.ts'
import type { DailyUsage } from '../../../domain/traffic.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import css from './usage.module.css'

/** How much of the operator's limits is used: the answer to "why is it slow". Nothing where the operator has no rules. */
export function Limits({
  profile,
  todayKb,
  days,
}: {
  readonly profile: Profile
  readonly todayKb: number | null
  readonly days: readonly DailyUsage[] | null
}) {
  const { t } = useTranslation()
  const rules = rulesOf(profile)
  const { day, threeDays } = measures(rules, todayKb, days)
  const withToday = rules.threeDays?.withToday ?? true
  const shown = [
    ['day', t('limits.day'), day] as const,
    ['threeDays', t(withToday ? 'limits.withToday' : 'limits.withoutToday'), threeDays] as const,
  ]
  if (shown.every(([, , measure]) => measure?.usedKb == null)) return null
  return (
    <section className={css['limits']} aria-label={t('limits.title')}>
      {shown.map(
        ([key, name, measure]) =>
          measure?.usedKb != null && <Bar key={key} name={name} measure={measure} base={profile.kbBase} />,
      )}
      {rules.liftedWhen !== '' && <p>{rules.liftedWhen}</p>}
    </section>
  )
}

function Bar({
  name,
  measure,
  base,
}: {
  readonly name: string
  readonly measure: Measure
  readonly base: Profile['kbBase']
}) {
  const { t } = useTranslation()
  const used = measure.usedKb ?? 0
  const words = `${dataSize(used, base).text} / ${limitSize(measure.limitKb, base)}`
  const share = Math.min(100, (used / measure.limitKb) * 100)
  return (
    <div className={css['limit']} data-reached={isReached(measure)}>
      <span>{name}</span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
        <rect width="100" height="8" className={css['track']} />
        <rect width={share} height="8" className={css['fill']} />
      </svg>
      <strong>
        {words}
        {isReached(measure) && <small> {t('limits.reached')}</small>}
      </strong>
    </div>
  )
}
