import { Check, FileDown } from 'lucide-react'
import { useState } from 'react'
import { shortcutText } from '../../../contract/commands.ts'
import { japanDay, japanMinute } from '../../../domain/traffic.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { countsOf, isSame, type Recent } from '../../store/recents.ts'
import { useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import { focusNeighbour } from '../../ui/focus-neighbour.ts'
import { figure } from '../../ui/format.ts'
import { marks } from '../../ui/marks.ts'
import css from './recents.module.css'

/** So many rows are drawn at first, and so many more each time somebody scrolls towards the last of them. */
const ROWS = 50

/** The agent's own lookups of the day, newest first: to go back to, and to count at the end of the shift. */
export function Recents() {
  const { t } = useTranslation()
  const recents = useStore(state => state.recents)
  const { allowsExport } = useStore(state => state.app.policy)
  const exportShift = useStore(state => state.exportShift)
  const counts = countsOf(recents)
  const shown = useShown()
  const [rows, setRows] = useState(ROWS)
  // The list is one stop of the Tab key: at the row that was left last, or at the one on the screen.
  const [at, setAt] = useState<number | null>(null)
  const stop = at ?? Math.max(0, recents.findIndex(shown))
  return (
    <section className={css['recents']} aria-label={t('recents.title')}>
      <header>
        <h2>{t('recents.title')}</h2>
        <p data-testid="shift-counts">{recents.length > 0 && t('recents.counts', counts)}</p>
        <Button
          look="quiet"
          aria-label={t('recents.export')}
          title={t(allowsExport ? 'recents.export' : 'policy.locked')}
          disabled={!allowsExport || recents.length === 0}
          onClick={() => void exportShift()}
        >
          <FileDown size={16} aria-hidden />
        </Button>
      </header>
      {recents.length === 0 ? (
        <p className={css['empty']}>{t('recents.empty')}</p>
      ) : (
        <ul
          onKeyDown={focusNeighbour}
          onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
            if (rows < recents.length && scrollTop + 2 * clientHeight > scrollHeight) setRows(rows + ROWS)
          }}
        >
          {recents.slice(0, Math.max(rows, stop + 1)).map((recent, index) => (
            <li key={keyOf(recent)} data-current={shown(recent)}>
              <Row
                recent={recent}
                hint={index < 9 ? index + 1 : null}
                tabIndex={index === stop ? 0 : -1}
                onFocus={() => setAt(index)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The last few beside the field, where the list is put away: in half a screen, and on an empty one. */
export function LastRecents() {
  const { t } = useTranslation()
  const recents = useStore(state => state.recents)
  const shown = useShown()
  if (recents.length === 0) return null
  return (
    <ul className={css['chips']} aria-label={t('recents.last')}>
      {recents.slice(0, 5).map(recent => (
        <li key={keyOf(recent)} data-current={shown(recent)}>
          <Row recent={recent} hint={null} />
        </li>
      ))}
    </ul>
  )
}

const keyOf = ({ id, askedAt, account }: Recent): string =>
  id === null ? `${askedAt} ${account.id}` : `${id}`

function useShown(): (recent: Recent) => boolean {
  const lookup = useStore(({ view }) => ('lookup' in view ? view.lookup : null))
  return recent => lookup !== null && isSame(recent, lookup)
}

function Row({
  recent,
  hint,
  ...props
}: {
  readonly recent: Recent
  /** The digit that opens it with Ctrl or Cmd. */
  readonly hint: number | null
  readonly tabIndex?: number
  readonly onFocus?: () => void
}) {
  const { t } = useTranslation()
  const openRecent = useStore(state => state.openRecent)
  const base = useStore(state => state.app.current?.profile.kbBase ?? 1024)
  const platform = useStore(state => state.app.platform)
  const now = useStore(state => state.now)
  const number = useNumber()
  const { account, askedAt, blacklist, todayKb, failure, copied } = recent
  const state = failure === null ? (blacklist ?? 'unknown') : 'failed'
  const words = failure === null ? t(`usage.state.${blacklist ?? 'unknown'}`) : t(`failures.${failure}`)
  const minute = japanMinute(askedAt)
  return (
    <button
      type="button"
      className={css['row']}
      {...props}
      data-recent={account.id}
      title={hint === null ? words : `${words} (${shortcutText({ key: `${hint}`, shift: false }, platform)})`}
      onClick={() => void openRecent(recent)}
    >
      <span className={css['mark']} data-state={state} aria-hidden>
        {state === 'failed' ? '▲' : marks[state]}
      </span>
      <span className={css['number']}>{number(account)}</span>
      <span className={css['size']}>
        {failure === null ? figure(todayKb, base, t('usage.noData')).text : t('recents.failed')}
      </span>
      <span className="visually-hidden">{words}</span>
      <span className={css['copied']}>{copied && <Check size={14} aria-label={t('recents.copied')} />}</span>
      <time>{japanDay(askedAt) === japanDay(now) ? minute.slice(11) : minute.slice(5)}</time>
    </button>
  )
}
