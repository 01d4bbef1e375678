import { Command } from 'cmdk'
import { useEffect, useRef, useState } from 'react'
import { type CommandInfo, commands, shortcutText } from '../../../contract/commands.ts'
import type { SavedAccount } from '../../../contract/state.ts'
import { plainText } from '../../../domain/plain-text.ts'
import { readAccounts } from '../../../domain/read-accounts.ts'
import { words } from '../../../domain/words/words.ts'
import { useRunCommand } from '../../commands.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useHidden, useNumber } from '../../store/use-number.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { findCommands } from './find-commands.ts'
import css from './palette.module.css'

const MOST_LINES = 8

/** Every command and every kept line, by typing a part of its name; a number that is typed can be looked up. */
export default function Palette() {
  const { t } = useTranslation()
  const closeOverlay = useStore(state => state.closeOverlay)
  const close = () => closeOverlay('palette')
  return (
    <Sheet title={t('palette.title')} closeLabel={t('settings.close')} onClose={close}>
      <List close={close} />
    </Sheet>
  )
}

function List({ close }: { readonly close: () => void }) {
  const { t } = useTranslation()
  const language = useStore(state => state.app.language)
  const platform = useStore(state => state.app.platform)
  const findSavedAccounts = useStore(state => state.findSavedAccounts)
  const lookUp = useStore(state => state.lookUp)
  const openStored = useStore(state => state.openStored)
  const profiles = useStore(state => state.app.profiles)
  const current = useStore(state => state.app.current?.profile.id)
  const selectProfile = useStore(state => state.selectProfile)
  const tell = useStore(state => state.tell)
  const policy = useStore(state => state.app.policy)
  const number = useNumber()
  const hidden = useHidden()
  const run = useRunCommand()
  const [query, setQuery] = useState('')
  const input = useRef<HTMLInputElement>(null)
  // Runs after the sheet has opened, because opening puts the focus on the sheet's first button.
  useEffect(() => {
    input.current?.focus()
  }, [])
  const reading = readAccounts(query)
  const typed = reading.found === 'one' ? reading.account : null
  const [found, setFound] = useState<readonly SavedAccount[]>([])
  useEffect(() => {
    let isCurrent = true
    void findSavedAccounts(query, MOST_LINES).then(lines => {
      if (isCurrent) setFound(lines)
    })
    return () => {
      isCurrent = false
    }
  }, [query, findSavedAccounts])
  const wanted = query.trim().toLowerCase()
  const matching = findCommands(query, policy)
  const others = profiles.filter(
    ({ id, name }) =>
      id !== current && wanted !== '' && `${name} ${t('app.profile')}`.toLowerCase().includes(wanted),
  )
  const act = (work: () => unknown) => () => {
    close()
    work()
  }
  return (
    // The lists are already filtered by the query, and cmdk's own scoring can't handle Japanese.
    <Command label={t('palette.title')} shouldFilter={false} className={css['palette']}>
      <Command.Input
        ref={input}
        value={query}
        onValueChange={setQuery}
        data-hidden={hidden.isOn && /\d{4}/.test(plainText(query).text)}
        onPaste={event => {
          const text = event.clipboardData.getData('text/plain')
          // An input would drop the line ends and join two numbers into one.
          if (!/[\r\n]/.test(text.trim())) return
          event.preventDefault()
          setQuery(text.trim().replace(/[\r\n]+/g, ' ⏎ '))
        }}
        placeholder={t('palette.placeholder')}
      />
      <Command.List>
        <Command.Empty>{t('palette.empty')}</Command.Empty>
        {typed && (
          <Command.Item value={`look up ${typed.id}`} onSelect={act(() => lookUp(typed))}>
            {t('palette.lookUp', { account: number(typed) })}
          </Command.Item>
        )}
        {found.length > 0 && (
          <Command.Group heading={t('palette.lines')}>
            {found.map(({ id, account, label }) => (
              <Command.Item key={id} value={`line ${id}`} onSelect={act(() => openStored(account))}>
                {hidden.name(label)} <span className={css['soft']}>{number(account)}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {others.length > 0 && (
          <Command.Group heading={t('palette.profiles')}>
            {others.map(({ id, name }) => (
              <Command.Item
                key={id}
                value={`profile ${id}`}
                onSelect={act(() => selectProfile(id).then(tell))}
              >
                {t('palette.switchTo', { name })}
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {matching.length > 0 && (
          <Command.Group heading={t('palette.commands')}>
            {matching.map(id => {
              const { shortcut }: CommandInfo = commands[id]
              return (
                <Command.Item key={id} value={id} onSelect={act(() => run(id))}>
                  {words[language].commands[id]}
                  {shortcut && <kbd>{shortcutText(shortcut, platform)}</kbd>}
                </Command.Item>
              )
            })}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  )
}
