import { type CommandInfo, commandIds, commands, shortcutText } from '../../../contract/commands.ts'
import { words } from '../../../domain/words/words.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Sheet } from '../../ui/sheet.tsx'
import css from './palette.module.css'

/** Every key the program answers to. */
export default function ShortcutSheet() {
  const { t } = useTranslation()
  const language = useStore(state => state.app.language)
  const platform = useStore(state => state.app.platform)
  const closeOverlay = useStore(state => state.closeOverlay)
  const rows = [
    ['Enter', t('shortcuts.enter')],
    [platform === 'darwin' ? '⌘Enter' : 'Ctrl+Enter', t('shortcuts.ctrlEnter')],
    ['Esc', t('shortcuts.escape')],
    ['← ↑ ↓ →', t('shortcuts.arrows')],
    ['E P Delete', t('shortcuts.row')],
    [shortcutText({ key: '1…9', shift: false }, platform), t('shortcuts.recent')],
    ...commandIds.flatMap(id => {
      const { shortcut }: CommandInfo = commands[id]
      return shortcut ? [[shortcutText(shortcut, platform), words[language].commands[id]]] : []
    }),
  ]
  return (
    <Sheet
      title={t('shortcuts.title')}
      closeLabel={t('settings.close')}
      onClose={() => closeOverlay('shortcuts')}
    >
      {/* In a small window it scrolls, which keys must reach, too. */}
      <dl className={css['keys']} tabIndex={0}>
        {rows.map(([key, words]) => (
          <Row key={key} name={words ?? ''} shortcut={key ?? ''} />
        ))}
      </dl>
    </Sheet>
  )
}

function Row({ name, shortcut }: { readonly name: string; readonly shortcut: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <kbd>{shortcut}</kbd>
      </dd>
    </>
  )
}
