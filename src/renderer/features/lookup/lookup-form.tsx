import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk } from '../../store/index.ts'
import { afterPaint } from '../../ui/after-paint.ts'
import { Button } from '../../ui/button.tsx'
import { fields } from '../../ui/fields.ts'
import css from './lookup.module.css'

/** One field, one button. Enter looks up. */
export function LookupForm() {
  const { t } = useTranslation()
  const text = useDesk(state => state.text)
  const asking = useDesk(state => state.view.kind === 'asking')
  const veiled = useDesk(state => state.veiled)
  const setText = useDesk(state => state.setText)
  const submit = useDesk(state => state.submit)
  const cancel = useDesk(state => state.cancel)
  const field = useRef<HTMLInputElement>(null)

  // Focus makes the browser lay the page out: it is, anyway, a moment later.
  useEffect(() => afterPaint(() => field.current?.focus()), [])

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
        <input
          ref={field}
          id={fields.lookup}
          value={text}
          placeholder={t('lookup.placeholder')}
          autoComplete="off"
          spellCheck={false}
          data-veiled={veiled}
          onChange={event => setText(event.target.value)}
          onFocus={event => event.target.select()}
        />
        <Button type="submit" look="primary">
          {t('lookup.submit')}
        </Button>
        {asking && (
          <Button onClick={() => void cancel()} title={t('lookup.escHint')}>
            {t('lookup.cancel')}
          </Button>
        )}
      </form>
    </search>
  )
}
