import { Pencil, Pin, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SavedAccount } from '../../../contract/state.ts'
import { dataSize } from '../../../domain/data-size.ts'
import { type Blacklist, isOfToday, reportDay } from '../../../domain/traffic.ts'
import { useStore } from '../../store/react.ts'
import { useHidden, useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import { ago, figure } from '../../ui/format.ts'
import css from './saved-accounts.module.css'
import { Sparkline } from './sparkline.tsx'

/** In pixels; every row is as high, so that thousands can be placed without measuring. */
export const ROW_HEIGHT = 64

const marks: Readonly<Record<Blacklist, string>> = { listed: '●', 'not-listed': '○', unknown: '?' }

export function Row({
  line,
  index,
  now,
  top,
}: {
  readonly line: SavedAccount
  readonly index: number
  readonly now: number
  readonly top: number
}) {
  const { t } = useTranslation()
  const isShown = useStore(({ view }) => 'account' in view && view.account.id === line.account.id)
  const openStored = useStore(state => state.openStored)
  const lookUp = useStore(state => state.lookUp)
  const edit = useStore(state => state.edit)
  const number = useNumber()(line.account)
  const { name } = useHidden()
  return (
    <li
      className={css['row']}
      style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
      data-account={line.account.id}
      data-index={index}
      data-current={isShown}
    >
      <button
        type="button"
        className={css['open']}
        onClick={() => void openStored(line.account)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void lookUp(line.account)
        }}
        title={name(line.note) || t('saved.open')}
      >
        <span className={css['name']}>
          {line.pinned && <Pin size={12} aria-label={t('saved.pinned')} />}
          {name(line.label) || number}
        </span>
        <span className={css['number']}>{line.label ? number : name(line.note)}</span>
        <Last line={line} now={now} />
      </button>
      <Sparkline line={line} />
      <div className={css['acts']}>
        <Button
          look="quiet"
          aria-label={`${t('saved.lookUp')} ${number}`}
          title={t('saved.lookUp')}
          onClick={() => void lookUp(line.account)}
        >
          <Search size={14} aria-hidden />
        </Button>
        <Button
          look="quiet"
          aria-label={`${t('saved.edit')} ${number}`}
          title={t('saved.edit')}
          onClick={() => edit({ line })}
        >
          <Pencil size={14} aria-hidden />
        </Button>
      </div>
    </li>
  )
}

function Last({ line: { last, before }, now }: { readonly line: SavedAccount; readonly now: number }) {
  const { t } = useTranslation()
  const language = useStore(state => state.app.language)
  const base = useStore(state => state.app.current?.profile.kbBase ?? 1024)
  if (last === null) return <span className={css['last']}>{t('saved.never')}</span>

  const { todayKb, blacklist } = last.report
  const previous = before?.report
  // If either state is unknown, nothing can be said about a change.
  const turned =
    previous !== undefined &&
    previous.blacklist !== blacklist &&
    blacklist !== 'unknown' &&
    previous.blacklist !== 'unknown'
  // Compare within one day only: today's figure does not grow from yesterday's.
  const [day, dayBefore] = [reportDay(last), before && reportDay(before)]
  const sameDay = day.isCertain && dayBefore?.isCertain === true && dayBefore.date === day.date
  const grown = sameDay && todayKb !== null && previous?.todayKb != null ? todayKb - previous.todayKb : 0
  return (
    <span className={css['last']} data-old={!isOfToday(last, now)}>
      <span data-state={blacklist}>
        <span aria-hidden>{marks[blacklist]}</span>
        <span className="visually-hidden">{t(`usage.state.${blacklist}`)}</span>
      </span>
      <span>{figure(todayKb, base, t('usage.noData')).text}</span>
      <span>{ago(now - last.repliedAt, language)}</span>
      {turned ? (
        <span data-state={blacklist}>{t(blacklist === 'listed' ? 'saved.nowListed' : 'saved.nowClear')}</span>
      ) : (
        grown > 0 && (
          <span title={t('saved.change', { change: `+${dataSize(grown, base).text}` })}>
            +{dataSize(grown, base).text}
          </span>
        )
      )}
    </span>
  )
}
