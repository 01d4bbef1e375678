import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Profile } from '../../../contract/profile.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { FieldsOf, LockedFields } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { CredentialFields } from './credential-fields.tsx'
import { DangerousActs, DataFields } from './data-fields.tsx'
import { DisplayFields, TicketFields } from './general-fields.tsx'
import { KeyForm } from './key-form.tsx'
import { LimitFields } from './limit-fields.tsx'
import { ConnectionFields, DetailFields } from './profile-fields.tsx'
import { ProfileForm, SaveRow } from './profile-form.tsx'
import css from './settings.module.css'
import { TeamFields } from './team-fields.tsx'
import { TeamPassword } from './team-password.tsx'
import { PROFILE_FORM, useProfileForm } from './use-profile-form.ts'

/** The current profile, its key, and the agent's own settings. */
export default function SettingsSheet() {
  const { t } = useTranslation()
  const sheet = useStore(state => state.sheet)
  const openSheet = useStore(state => state.openSheet)
  const profile = useStore(state => state.app.current?.profile ?? null)
  if (sheet === null || sheet === 'first-run') return null
  const isNew = sheet === 'new-profile'
  return (
    <Sheet
      title={t(isNew ? 'app.addProfile' : 'settings.title')}
      closeLabel={t('settings.close')}
      onClose={() => openSheet(null)}
    >
      {isNew && <ProfileForm profile={null} onSaved={() => openSheet('key')} />}
      {!isNew && profile !== null && <Sections key={profile.id} profile={profile} />}
    </Sheet>
  )
}

const sections = [
  'connection',
  'credential',
  'team',
  'limits',
  'ticket',
  'display',
  'data',
  'details',
] as const

export type SectionName = (typeof sections)[number]

/** One page in sections, with a list of them and a search over all fields. */
function Sections({ profile }: { readonly profile: Profile }) {
  const { t } = useTranslation()
  const sheet = useStore(state => state.sheet)
  const { initial, of, failure, saved, isWaiting, submit, typed, keep } = useProfileForm(profile, () => {})
  const isLocked = useStore(state => state.app.policy.lockedProfiles.includes(profile.id))
  const page = useRef<HTMLDivElement>(null)
  const [search, setSearch] = useState('')
  const show = (name: SectionName) => {
    page.current?.querySelector(`[data-section="${name}"]`)?.scrollIntoView({ block: 'start' })
  }
  const [isNothing, setNothing] = useState(false)
  useEffect(() => setNothing(!filter(page.current, search)), [search])
  const locked = (fields: ReactNode) => <LockedFields value={isLocked}>{fields}</LockedFields>
  const parts: Readonly<Record<SectionName, ReactNode>> = {
    connection: locked(<ConnectionFields initial={initial} of={of} />),
    credential: (
      <>
        {profile.carrier.kind === 'host' && locked(<CredentialFields initial={initial.credential} of={of} />)}
        <FieldsOf value={undefined}>
          <KeyForm autoFocus={sheet === 'key'} />
        </FieldsOf>
      </>
    ),
    team: profile.carrier.kind === 'host' && (
      <>
        {locked(<TeamFields initial={initial} of={of} />)}
        {profile.team !== null && !isWaiting && (
          <FieldsOf value={undefined}>
            <TeamPassword />
          </FieldsOf>
        )}
      </>
    ),
    limits: locked(<LimitFields initial={initial} of={of} />),
    ticket: <TicketFields />,
    display: <DisplayFields />,
    data: <DataFields />,
    details: (
      <>
        {locked(<DetailFields initial={initial} of={of} />)}
        <DangerousActs />
      </>
    ),
  }
  // The simulator has no team.
  const shown = sections.filter(name => parts[name] !== false)
  return (
    <div className={css['settings']}>
      <form id={PROFILE_FORM} noValidate onSubmit={event => void submit(event)} />
      <nav aria-label={t('settings.sections')}>
        <input
          type="search"
          aria-label={t('settings.search')}
          placeholder={t('settings.search')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <ul>
          {shown.map(name => (
            <li key={name}>
              <button type="button" onClick={() => show(name)}>
                {t(`settings.section.${name}`)}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <FieldsOf value={PROFILE_FORM}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: It hears of the fields in it. */}
        <div
          ref={page}
          className={css['page']}
          onChange={({ target }) => {
            typed(target)
            if (isChosen(target)) void keep(target)
          }}
          onBlur={({ target }) => void keep(target)}
          onKeyDown={event => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing && !isLong(event.target))
              void keep(event.target)
          }}
        >
          {isNothing && <p role="status">{t('settings.noField')}</p>}
          {shown.map(name => (
            <section
              key={name}
              data-section={name}
              data-name={`${t(`settings.section.${name}`)} ${t(`settings.alsoCalled.${name}`)}`}
            >
              <h3>{t(`settings.section.${name}`)}</h3>
              {parts[name]}
            </section>
          ))}
        </div>
      </FieldsOf>
      <SaveRow failure={failure} saved={saved} isWaiting={isWaiting} form={PROFILE_FORM} />
    </div>
  )
}

/** Whether a change of it is a whole one; in other fields each key changes something. */
const isChosen = (target: EventTarget): boolean =>
  target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === 'checkbox')

const isLong = (target: EventTarget): boolean => target instanceof HTMLTextAreaElement

/** Hides the fields and sections that a search does not name; false where nothing is left. */
function filter(page: HTMLElement | null, search: string): boolean {
  let isLeft = false
  const fold = (text: string) => text.normalize('NFKC').toLowerCase()
  const wanted = fold(search.trim())
  for (const section of page?.querySelectorAll<HTMLElement>('[data-section]') ?? []) {
    const isNamed = fold(section.dataset['name'] ?? '').includes(wanted)
    const fields = [...section.querySelectorAll<HTMLElement>('[data-field]')]
    for (const field of fields) {
      field.hidden = !isNamed && !fold(field.dataset['field'] ?? '').includes(wanted)
      if (!field.hidden && wanted !== '') field.closest('details')?.setAttribute('open', '')
    }
    section.hidden = wanted !== '' && !isNamed && fields.every(field => field.hidden)
    isLeft ||= !section.hidden
  }
  return isLeft
}
