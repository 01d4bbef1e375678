import { commands, shortcutText } from '../../../contract/commands.ts'
import { parseAccount } from '../../../domain/account.ts'
import { words } from '../../../domain/words/words.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import css from './empty.module.css'
import { LastRecents } from './recents.tsx'

/** Before anything is asked: what to do, the keys for it, and where the agent was last. */
export function Empty() {
  const { t } = useTranslation()
  const language = useStore(state => state.app.language)
  const platform = useStore(state => state.app.platform)
  const isDemo = useStore(state => state.app.current?.profile.carrier.kind === 'simulator')
  return (
    <section className={css['empty']} aria-label={t('lookup.start')}>
      <p>{t('lookup.empty')}</p>
      {isDemo && <Samples />}
      <LastRecents />
      <dl>
        {(['focus-lookup', 'copy-ticket', 'palette'] as const).map(id => (
          <div key={id}>
            <dt>{words[language].commands[id]}</dt>
            <dd>
              <kbd>{shortcutText(commands[id].shortcut, platform)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Lines that the simulator knows, each with another answer. */
const samples = [
  ['restricted', '09012345678'],
  ['usual', '08076543210'],
  ['group', 'AAA0_00000000001'],
  ['notFound', '09000000210'],
  ['notReady', '09000000211'],
  ['down', '09000000503'],
] as const

function Samples() {
  const { t } = useTranslation()
  const lookUp = useStore(state => state.lookUp)
  const number = useNumber()
  return (
    <ul className={css['samples']} aria-label={t('samples.title')}>
      {samples.map(([name, id]) => {
        const account = parseAccount(id)
        return (
          account && (
            <li key={id}>
              <Button onClick={() => void lookUp(account)}>
                {t(`samples.${name}`)} <small>{number(account)}</small>
              </Button>
            </li>
          )
        )
      })}
    </ul>
  )
}
