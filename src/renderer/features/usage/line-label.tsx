import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../shared/account.ts'
import { useDesk } from '../../store/index.ts'
import { lineOf } from '../../store/saved-lines.ts'
import css from './usage.module.css'

/** The label of a kept line, edited in place: Enter or leaving the field keeps it. */
export function LineLabel({ account }: { readonly account: Account }) {
  const line = useDesk(state => lineOf(state.app.current?.savedLines ?? [], account))
  return line === undefined ? null : <LabelField key={line.id} account={account} label={line.label} />
}

function LabelField({ account, label }: { readonly account: Account; readonly label: string }) {
  const { t } = useTranslation()
  const saveLine = useDesk(state => state.saveLine)
  const [text, setText] = useState(label)
  const keep = () => {
    if (text.trim() !== label) void saveLine(account, text)
  }
  return (
    <form
      className={css['label']}
      onSubmit={event => {
        event.preventDefault()
        keep()
      }}
    >
      <input
        aria-label={t('saved.label')}
        placeholder={t('saved.labelPlaceholder')}
        maxLength={60}
        value={text}
        onChange={event => setText(event.target.value)}
        onBlur={keep}
      />
    </form>
  )
}
