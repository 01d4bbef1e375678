import { useState } from 'react'
import { quickEntryKeys } from '../../../contract/quick-entry-keys.ts'
import type { Settings, SettingsChange } from '../../../contract/settings.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useMoment } from '../../ui/use-moment.ts'

const languages = ['system', 'ja', 'en'] as const
const themes = ['system', 'light', 'dark'] as const

/** Whether an administrator has set it. */
const useIsLocked = (name: keyof SettingsChange): boolean =>
  useStore(state => state.app.policy.locked.includes(name))

/** Saves what is typed or chosen, and marks the field that was saved. */
function useChange(): readonly [string, (change: SettingsChange) => void] {
  const { t } = useTranslation()
  const changeSettings = useStore(state => state.changeSettings)
  const [isMarked, mark] = useMoment()
  return [
    isMarked ? t('settings.saved') : '',
    change => void changeSettings(change).then(failure => failure === null && mark()),
  ]
}

/** How the agent signs, and what their tickets are written by. */
export function TicketFields() {
  const { t } = useTranslation()
  const settings = useStore(state => state.app.settings)
  const agent = useStore(state => state.app.agent)
  const openTemplates = useStore(state => state.openTemplates)
  const [saved, change] = useChange()
  return (
    <>
      <Field label={t('settings.agent')} hint={t('settings.agentHint', { agent })} saved={saved}>
        {ids => (
          <input
            {...ids}
            maxLength={60}
            autoComplete="off"
            defaultValue={settings.agentName}
            onBlur={({ target }) => {
              const agentName = target.value.trim()
              if (agentName !== settings.agentName) change({ agentName })
            }}
          />
        )}
      </Field>
      <Field label={t('settings.templates')}>
        {ids => (
          <Button {...ids} onClick={() => openTemplates(true)}>
            {t('template.edit')}
          </Button>
        )}
      </Field>
    </>
  )
}

/** What the screen looks like, and when it hides. */
export function DisplayFields() {
  const { t } = useTranslation()
  return (
    <>
      <Choice of="language" choices={languages.map(choice => [choice, t(`settings.languages.${choice}`)])} />
      <Choice of="theme" choices={themes.map(choice => [choice, t(`settings.themes.${choice}`)])} />
      <NumberField of="hideAfterMinutes" max={240} />
      <QuickEntry />
      <PrivateCopies />
    </>
  )
}

function Choice({
  of,
  choices,
}: {
  readonly of: 'language' | 'theme'
  readonly choices: readonly (readonly [Settings['language' | 'theme'], string])[]
}) {
  const { t } = useTranslation()
  const value = useStore(state => state.app.settings[of])
  const isLocked = useIsLocked(of)
  const [saved, change] = useChange()
  return (
    <Field label={t(`settings.${of}`)} saved={saved} isLocked={isLocked}>
      {ids => (
        <select {...ids} value={value} onChange={({ target }) => change({ [of]: target.value })}>
          {choices.map(([choice, words]) => (
            <option key={choice} value={choice}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

const OFF = 'off'

/** A key that works in every program is taken only where somebody chose it. */
function QuickEntry() {
  const { t } = useTranslation()
  const key = useStore(state => state.app.settings.quickEntry)
  const state = useStore(({ app }) => app.quickEntry)
  const isMac = useStore(({ app }) => app.platform === 'darwin')
  const [saved, change] = useChange()
  return (
    <Field
      label={t('settings.quickEntry')}
      hint={t('settings.quickEntryHint')}
      error={state === 'taken' ? t('settings.quickEntryTaken') : undefined}
      saved={saved}
    >
      {ids => (
        <select
          {...ids}
          value={key ?? OFF}
          onChange={({ target }) =>
            change({ quickEntry: quickEntryKeys.find(known => known === target.value) ?? null })
          }
        >
          <option value={OFF}>{t('settings.quickEntryOff')}</option>
          {quickEntryKeys.map(known => (
            <option key={known} value={known}>
              {known.replace('CommandOrControl', isMac ? 'Cmd' : 'Ctrl')}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function PrivateCopies() {
  const { t } = useTranslation()
  const isOn = useStore(state => state.app.settings.privateCopies)
  const isLocked = useIsLocked('privateCopies')
  const isWindows = useStore(state => state.app.platform === 'win32')
  const [saved, change] = useChange()
  if (!isWindows) return null
  return (
    <Field
      label={t('settings.privateCopies')}
      hint={t('settings.privateCopiesHint')}
      saved={saved}
      isLocked={isLocked}
    >
      {ids => (
        <input
          {...ids}
          type="checkbox"
          checked={isOn}
          onChange={({ target }) => change({ privateCopies: target.checked })}
        />
      )}
    </Field>
  )
}

/** Saves a whole number as soon as its field loses the focus, if it is within its bounds. */
export function NumberField({
  of,
  max,
  hint,
}: {
  readonly of: 'retentionDays' | 'hideAfterMinutes'
  readonly max: number
  /** Beside its own. */
  readonly hint?: string
}) {
  const { t } = useTranslation()
  const kept = useStore(state => state.app.settings[of])
  const [saved, change] = useChange()
  const [isWrong, setWrong] = useState(false)
  const keep = (text: string) => {
    const value = Number(text)
    const isRight = text.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= max
    setWrong(!isRight)
    if (isRight && value !== kept) change({ [of]: value })
  }
  return (
    <Field
      label={t(`settings.${of}`)}
      hint={[t(`settings.${of}Hint`), hint].filter(Boolean).join(' ')}
      error={isWrong ? t('settings.problem.WHOLE_RANGE', { min: 0, max }) : undefined}
      saved={saved}
    >
      {ids => (
        <input
          {...ids}
          inputMode="numeric"
          defaultValue={kept}
          onBlur={({ target }) => keep(target.value.normalize('NFKC'))}
        />
      )}
    </Field>
  )
}
