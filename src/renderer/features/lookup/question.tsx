import type { Unclear } from '../../../domain/read-accounts.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import { fields } from '../../ui/fields.ts'
import { problemWords } from '../../ui/problem-words.ts'
import css from './lookup.module.css'

/** What was typed is not one account: says why, and offers the complete numbers that stand in it. */
export function Question({ reading }: { readonly reading: Unclear }) {
  const { t } = useTranslation()
  const number = useNumber()
  const lookUp = useStore(state => state.lookUp)
  const accounts =
    reading.found === 'several' ? reading.accounts : reading.problem === 'ZERO_LOST' ? [reading.likely] : []
  const words =
    reading.found === 'none'
      ? problemWords(t, reading)
      : t(accounts.length === 1 ? 'lookup.unsure' : 'lookup.several')
  return (
    <div id={`${fields.lookup}-question`} className={css['question']} role="alert" data-found={reading.found}>
      <p>{words}</p>
      {accounts.length > 0 && (
        <ul className={css['chips']}>
          {accounts.map(account => (
            <li key={account.id}>
              <Button onClick={() => void lookUp(account)}>{number(account)}</Button>
            </li>
          ))}
        </ul>
      )}
      {accounts.length > 1 && <p className={css['soft']}>{t('lookup.bulk')}</p>}
    </div>
  )
}
