import { ticketWords } from '../../../ticket/words.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { figure } from '../../ui/format.ts'
import css from './usage.module.css'
import type { UsageDays } from './usage-days.ts'

/** The chart's figures for eyes that read tables, and for screen readers. */
export function DaysTable({ days, todayKb, day, base, language }: UsageDays) {
  const { t } = useTranslation()
  const words = ticketWords[language]
  const noData = t('usage.noData')
  return (
    <div className={css['tableBox']}>
      <table className={css['table']}>
        <thead>
          <tr>
            <th scope="col">{t('usage.date')}</th>
            <th scope="col">{t('usage.amount')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              {words.reportDay(day)} <small>{t('usage.incomplete')}</small>
            </th>
            <td data-missing={todayKb === null}>{figure(todayKb, base, noData).text}</td>
          </tr>
          {days.map(({ kb, ...usage }) => (
            <tr key={usage.daysBefore}>
              <th scope="row">{words.dayBefore(usage)}</th>
              <td data-missing={kb === null} title={figure(kb, base, noData).raw}>
                {figure(kb, base, noData).text}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
