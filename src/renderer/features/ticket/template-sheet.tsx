import { type SubmitEvent, useRef, useState } from 'react'
import type { TicketTemplate } from '../../../contract/settings.ts'
import { type BuiltIn, builtIn } from '../../../ticket/built-in.ts'
import {
  conditions,
  LONGEST_TEMPLATE,
  placeholders,
  templateProblems,
} from '../../../ticket/template-language.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { draftText, ticketChoice } from '../../store/ticket-of.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { Field, LockedFields } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import css from './ticket.module.css'

/** The agent's own templates: one is written, or begun from one that exists. */
export default function TemplateSheet() {
  const { t } = useTranslation()
  const openTemplates = useStore(state => state.openTemplates)
  return (
    <Sheet title={t('template.title')} closeLabel={t('settings.close')} onClose={() => openTemplates(false)}>
      <Templates />
    </Sheet>
  )
}

const blank = (): TicketTemplate => ({ id: crypto.randomUUID(), name: '', text: '' })

function Templates() {
  const { t } = useTranslation()
  const app = useStore(state => state.app)
  const own = app.settings.ticketTemplates
  const chosen = own.find(({ id }) => id === ticketChoice({ app }).template)
  const kept = useStore(state => state.templateDraft)
  const [draft, setDraft] = useState<TicketTemplate>(kept ?? chosen ?? own[0] ?? blank())
  const { language } = ticketChoice({ app })
  return (
    <>
      <Field label={t('template.which')} hint={t('template.whichHint')}>
        {ids => (
          <select
            {...ids}
            value={own.some(({ id }) => id === draft.id) ? draft.id : ''}
            onChange={({ target }) => {
              const from = own.find(({ id }) => id === target.value)
              const ready = builtIn[target.value as BuiltIn]
              setDraft(from ?? { ...blank(), text: ready ? ready[language] : '' })
            }}
          >
            <option value="">{t('template.new')}</option>
            {own.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <optgroup label={t('template.from')}>
              {(Object.keys(builtIn) as BuiltIn[]).map(id => (
                <option key={id} value={id}>
                  {t(`ticket.templates.${id}`)}
                </option>
              ))}
            </optgroup>
          </select>
        )}
      </Field>
      <Editor key={draft.id} draft={draft} onRemoved={() => setDraft(blank())} />
    </>
  )
}

function Editor({ draft, onRemoved }: { readonly draft: TicketTemplate; readonly onRemoved: () => void }) {
  const { t } = useTranslation()
  const saveTemplate = useStore(state => state.saveTemplate)
  const removeTemplate = useStore(state => state.removeTemplate)
  const isKept = useStore(state => state.app.settings.ticketTemplates.some(({ id }) => id === draft.id))
  const isLocked = useStore(state => state.app.policy.lockedTemplates.includes(draft.id))
  const area = useRef<HTMLTextAreaElement>(null)
  const keepDraft = useStore(state => state.keepDraft)
  const [name, setName] = useState(draft.name)
  const [text, setText] = useState(draft.text)
  const [told, setTold] = useState('')
  const [missing, setMissing] = useState(false)
  const problems = new Map(templateProblems(text).map(problem => [JSON.stringify(problem), problem] as const))
  const preview = useStore(state => (problems.size === 0 ? draftText(state, text) : null))

  // Esc closes the sheet at once; what was written is there when it is opened again.
  const rename = (changed: string) => {
    setName(changed)
    keepDraft({ id: draft.id, name: changed, text })
  }
  const rewrite = (changed: string) => {
    setText(changed)
    keepDraft({ id: draft.id, name, text: changed })
  }
  const insert = (words: string) => {
    if (area.current === null) return
    area.current.setRangeText(words, area.current.selectionStart, area.current.selectionEnd, 'end')
    area.current.focus()
    rewrite(area.current.value)
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (problems.size > 0) return
    const isMissing = name.trim() === '' || text.trim() === ''
    setMissing(isMissing)
    if (isMissing) return
    const failure = await saveTemplate({ id: draft.id, name: name.trim(), text })
    if (failure === null) keepDraft(null)
    setTold(t(failure === null ? 'template.saved' : `failures.${failure.code}`))
  }
  return (
    <LockedFields value={isLocked}>
      <form noValidate className={css['editor']} onSubmit={event => void submit(event)}>
        <Field
          label={t('template.name')}
          error={missing && name.trim() === '' ? t('settings.problem.REQUIRED') : undefined}
        >
          {ids => (
            <input {...ids} value={name} maxLength={60} onChange={event => rename(event.target.value)} />
          )}
        </Field>
        <Field
          label={t('template.text')}
          hint={t('template.textHint', { names: '{{number}}' })}
          error={missing && text.trim() === '' ? t('settings.problem.REQUIRED') : undefined}
        >
          {ids => (
            <textarea
              {...ids}
              ref={area}
              value={text}
              rows={10}
              maxLength={LONGEST_TEMPLATE}
              spellCheck={false}
              aria-invalid={problems.size > 0 || ids['aria-invalid']}
              onChange={event => rewrite(event.target.value)}
            />
          )}
        </Field>
        <ul className={css['problems']} role="alert" aria-label={t('template.problems')}>
          {[...problems].map(([key, problem]) => (
            <li key={key}>
              {problem.kind === 'broken'
                ? t('template.problem.broken', { tags: '{{ }}' })
                : t(`template.problem.${problem.kind}`, { name: problem.name })}
            </li>
          ))}
        </ul>
        <details hidden={isLocked}>
          <summary>{t('template.insert')}</summary>
          <div className={css['chips']}>
            {placeholders.map(placeholder => (
              <Button
                key={placeholder}
                title={t(`template.placeholder.${placeholder}`)}
                onClick={() => insert(`{{${placeholder}}}`)}
              >
                {placeholder}
              </Button>
            ))}
          </div>
          <p>{t('template.conditions')}</p>
          <div className={css['chips']}>
            {conditions.map(condition => (
              <Button
                key={condition}
                title={t(`template.condition.${condition}`)}
                onClick={() => insert(`{{#${condition}}}\n\n{{/${condition}}}`)}
              >
                {condition}
              </Button>
            ))}
          </div>
        </details>
        <section aria-label={t('template.preview')}>
          <h3>{t('template.preview')}</h3>
          <pre className={css['text']} data-testid="template-preview">
            {preview ?? t(problems.size > 0 ? 'template.noPreview' : 'ticket.empty')}
          </pre>
        </section>
        <div className={css['acts']}>
          <Button look="primary" type="submit" disabled={isLocked || problems.size > 0}>
            {t('template.save')}
          </Button>
          <p role="status">{told}</p>
          {isKept && !isLocked && (
            <ConfirmButton
              sure={t('template.removeSure')}
              onConfirm={() => void removeTemplate(draft.id).then(onRemoved)}
            >
              {t('template.remove')}
            </ConfirmButton>
          )}
        </div>
      </form>
    </LockedFields>
  )
}
