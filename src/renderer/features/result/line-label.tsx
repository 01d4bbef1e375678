import { useState } from 'react'
import type { SavedAccount } from '../../../contract/state.ts'
import { LONGEST_LABEL } from '../../../domain/saved-account.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useHidden } from '../../store/use-number.ts'
import css from './usage.module.css'

/** The label of a kept line, edited in place: Enter or leaving the field keeps it. */
export function LineLabel({ line }: { readonly line: SavedAccount }) {
  const { t } = useTranslation()
  const editSavedAccount = useStore(state => state.editSavedAccount)
  const tell = useStore(state => state.tell)
  const [text, setText] = useState(line.label)
  const hidden = useHidden()
  const keep = () => {
    if (text.trim() !== line.label) void editSavedAccount({ ...line, label: text.trim() }).then(tell)
  }
  if (hidden.isOn) return <span className={css['soft']}>{hidden.name(line.label)}</span>
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
        maxLength={LONGEST_LABEL}
        value={text}
        onChange={event => setText(event.target.value)}
        onBlur={keep}
      />
    </form>
  )
}
