import { type FormEvent, useState } from 'react'
import type { SavedAccount } from '../../../contract/state.ts'
import type { Account } from '../../../domain/account.ts'
import type { FailureCode } from '../../../domain/failure.ts'
import { readAccounts } from '../../../domain/read-accounts.ts'
import { LONGEST_LABEL, LONGEST_NOTE } from '../../../domain/saved-account.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useHidden, useNumber } from '../../store/use-number.ts'
import { AccountField } from '../../ui/account-field.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { problemWords } from '../../ui/problem-words.ts'
import { Sheet } from '../../ui/sheet.tsx'
import css from './saved-accounts.module.css'

/** Keeps a new line, or changes what is written of a kept one. */
export default function LineEditor() {
  const { t } = useTranslation()
  const editing = useStore(state => state.editing)
  const edit = useStore(state => state.edit)
  if (editing === null) return null
  return (
    <Sheet
      title={t(editing.line ? 'saved.edit' : 'saved.add')}
      closeLabel={t('settings.close')}
      onClose={() => edit(null)}
    >
      <EditorForm line={editing.line} close={() => edit(null)} />
    </Sheet>
  )
}

type Trouble =
  | { readonly kind: 'account'; readonly words: string }
  | { readonly kind: 'exists'; readonly account: Account }
  | { readonly kind: 'failed'; readonly code: FailureCode }

function EditorForm({ line, close }: { readonly line: SavedAccount | null; readonly close: () => void }) {
  const { t } = useTranslation()
  const saveAccount = useStore(state => state.saveAccount)
  const editSavedAccount = useStore(state => state.editSavedAccount)
  const removeSavedAccount = useStore(state => state.removeSavedAccount)
  const openStored = useStore(state => state.openStored)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const number = useNumber()
  const hidden = useHidden()
  // Hidden texts can't be edited, so the saved ones stay as they are.
  const isFixed = hidden.isOn && line !== null

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const words = {
      label: isFixed ? line.label : String(form.get('label') ?? '').trim(),
      note: isFixed ? line.note : String(form.get('note') ?? '').trim(),
      pinned: form.has('pinned'),
    }
    if (line !== null) {
      const failure = await editSavedAccount({ ...line, ...words })
      return failure === null ? close() : setTrouble({ kind: 'failed', code: failure.code })
    }
    const reading = readAccounts(String(form.get('account') ?? ''))
    if (reading.found !== 'one') {
      return setTrouble({ kind: 'account', words: problemWords(t, reading) })
    }
    const { account } = reading
    const failure = await saveAccount({ account, ...words })
    if (failure === null) return close()
    setTrouble(
      failure.code === 'LINE_EXISTS' ? { kind: 'exists', account } : { kind: 'failed', code: failure.code },
    )
  }

  return (
    <form noValidate onSubmit={event => void submit(event)}>
      <Field label={t('lookup.label')} error={trouble?.kind === 'account' ? trouble.words : undefined}>
        {ids =>
          line ? (
            <output {...ids}>{number(line.account)}</output>
          ) : (
            <AccountField
              {...ids}
              name="account"
              data-hidden={hidden.isOn}
              placeholder={t('lookup.placeholder')}
            />
          )
        }
      </Field>
      <Field label={t('saved.label')}>
        {ids =>
          isFixed ? (
            <output {...ids}>{hidden.name(line.label)}</output>
          ) : (
            <input
              {...ids}
              name="label"
              data-hidden={hidden.isOn}
              maxLength={LONGEST_LABEL}
              defaultValue={line?.label}
              placeholder={t('saved.labelPlaceholder')}
            />
          )
        }
      </Field>
      <Field label={t('saved.note')}>
        {ids =>
          isFixed ? (
            <output {...ids}>{hidden.name(line.note)}</output>
          ) : (
            <input
              {...ids}
              name="note"
              data-hidden={hidden.isOn}
              maxLength={LONGEST_NOTE}
              defaultValue={line?.note}
            />
          )
        }
      </Field>
      <Field label={t('saved.pinned')}>
        {ids => <input {...ids} name="pinned" type="checkbox" defaultChecked={line?.pinned ?? false} />}
      </Field>
      <div className={css['actions']}>
        {trouble && trouble.kind !== 'account' && (
          <p role="alert">
            {trouble.kind === 'exists' && t('saved.exists')}
            {trouble.kind === 'failed' && t(`failures.${trouble.code}`)}{' '}
            {trouble.kind === 'exists' && (
              <Button
                onClick={() => {
                  close()
                  void openStored(trouble.account)
                }}
              >
                {t('saved.openExisting')}
              </Button>
            )}
          </p>
        )}
        {line && (
          <Button
            look="danger"
            onClick={() => {
              close()
              void removeSavedAccount(line)
            }}
          >
            {t('saved.remove')}
          </Button>
        )}
        <Button type="submit" look="primary">
          {t('saved.save')}
        </Button>
      </div>
    </form>
  )
}
