import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { maskAccount } from '../../../domain/account.ts'
import { digitsTyped } from '../../../domain/read-accounts.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { lookedUpInField } from '../../store/view.ts'
import { AccountField } from '../../ui/account-field.tsx'
import { afterPaint } from '../../ui/after-paint.ts'
import { Button } from '../../ui/button.tsx'
import { fields } from '../../ui/fields.ts'
import css from './lookup.module.css'
import { Question } from './question.tsx'

/** One field, one button. Enter looks up. */
export function LookupForm() {
  const { t } = useTranslation()
  const text = useStore(state => state.text)
  const question = useStore(state => state.question)
  const asking = useStore(state => state.view.kind === 'asking')
  const numbersHidden = useStore(state => state.numbersHidden)
  const lookedUp = useStore(lookedUpInField)
  const setText = useStore(state => state.setText)
  const submit = useStore(state => state.submit)
  const cancel = useStore(state => state.cancel)
  const field = useRef<HTMLTextAreaElement>(null)

  // Setting the focus forces a layout, so wait until the page is painted and has its layout anyway.
  useEffect(() => afterPaint(() => field.current?.focus()), [])

  // What is pasted next takes the place of the number that was looked up.
  useEffect(() => {
    if (lookedUp !== null && document.activeElement === field.current) field.current?.select()
  }, [lookedUp])

  const mask = numbersHidden && lookedUp !== null ? maskAccount(lookedUp) : null
  const typed = digitsTyped(text)
  const lastFour = numbersHidden && mask === null ? text.replace(/\D/g, '').slice(4).slice(-4) : ''
  return (
    <search className={css['bar']}>
      <form
        onSubmit={event => {
          event.preventDefault()
          void submit()
        }}
      >
        <label className="visually-hidden" htmlFor={fields.lookup}>
          {t('lookup.label')}
        </label>
        <Search size={16} aria-hidden className={css['icon']} />
        <div className={css['field']}>
          <AccountField
            ref={field}
            id={fields.lookup}
            value={mask ?? text}
            placeholder={t('lookup.placeholder')}
            data-hidden={numbersHidden && mask === null}
            aria-invalid={question !== null || undefined}
            aria-describedby={`${fields.lookup}-typed${question === null ? '' : ` ${fields.lookup}-question`}`}
            // A masked number can't be edited, so another character begins a new number.
            onChange={({ target }) =>
              setText(mask === null ? target.value : editedBehind(target.value, mask))
            }
            onFocus={event => event.target.select()}
          />
          <span className={css['typed']} id={`${fields.lookup}-typed`}>
            {lastFour && `…${lastFour} `}
            {typed && mask === null && t('lookup.typed', typed)}
          </span>
        </div>
        <Button type="submit" look="primary">
          {t('lookup.submit')}
        </Button>
        {asking && (
          <Button onClick={() => void cancel()} title={t('lookup.escHint')}>
            {t('lookup.cancel')}
          </Button>
        )}
      </form>
      {question !== null && <Question reading={question} />}
    </search>
  )
}

/** Returns what was typed or pasted after a masked number or over it; empty if the mask itself was edited. */
function editedBehind(value: string, mask: string): string {
  if (value.startsWith(mask)) return value.slice(mask.length)
  return value.includes('*') ? '' : value
}
