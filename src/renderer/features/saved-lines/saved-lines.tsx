import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatAccount } from '../../../shared/account.ts'
import type { SavedLine } from '../../../shared/bridge.ts'
import type { Blacklist } from '../../../shared/traffic.ts'
import { useDesk } from '../../store/index.ts'
import { Button } from '../../ui/button.tsx'
import { ago, figure } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import css from './saved-lines.module.css'

const none: readonly SavedLine[] = []

/** The kept lines with their last answers. Opening one shows what is stored; looking it up is a separate act. */
export function SavedLines() {
  const { t } = useTranslation()
  const lines = useDesk(state => state.app.current?.savedLines ?? none)
  const now = useNow(10_000)
  return (
    <nav className={css['list']} aria-label={t('saved.title')}>
      <h2>{t('saved.title')}</h2>
      {lines.length === 0 ? (
        <p className={css['empty']}>{t('saved.empty')}</p>
      ) : (
        <ul>
          {lines.map(line => (
            <Row key={line.id} line={line} now={now} />
          ))}
        </ul>
      )}
    </nav>
  )
}

const marks: Readonly<Record<Blacklist, string>> = { listed: '●', 'not-listed': '○', unknown: '?' }

function Row({ line, now }: { readonly line: SavedLine; readonly now: number }) {
  const { t } = useTranslation()
  const language = useDesk(state => state.app.language)
  const base = useDesk(state => state.app.current?.profile.kbBase ?? 1024)
  const isShown = useDesk(({ view }) => 'account' in view && view.account.id === line.account.id)
  const openStored = useDesk(state => state.openStored)
  const lookUp = useDesk(state => state.lookUp)
  const number = formatAccount(line.account)
  const { last } = line
  return (
    <li className={css['row']} data-account={line.account.id} data-current={isShown}>
      <button
        type="button"
        className={css['open']}
        onClick={() => void openStored(line.account)}
        title={t('saved.open')}
      >
        <span className={css['name']}>{line.label || number}</span>
        {line.label && <span className={css['number']}>{number}</span>}
        <span className={css['last']}>
          {last === null ? (
            t('saved.never')
          ) : (
            <>
              <span data-state={last.report.blacklist}>
                <span aria-hidden>{marks[last.report.blacklist]}</span>
                <span className="visually-hidden">{t(`usage.state.${last.report.blacklist}`)}</span>
              </span>
              <span>{figure(last.report.todayKb, base, t('usage.noData')).text}</span>
              <span>{ago(now - last.repliedAt, language)}</span>
            </>
          )}
        </span>
      </button>
      <Button
        look="quiet"
        aria-label={`${t('saved.lookUp')} ${number}`}
        title={t('saved.lookUp')}
        onClick={() => void lookUp(line.account)}
      >
        <Search size={16} aria-hidden />
      </Button>
    </li>
  )
}
