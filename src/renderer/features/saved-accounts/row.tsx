import { Pencil, Pin, RefreshCw } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { SavedAccount } from '../../../contract/state.ts'
import { dataSize } from '../../../domain/data-size.ts'
import { isOfToday, reportDay } from '../../../domain/traffic.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useHidden, useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import { ago, figure } from '../../ui/format.ts'
import { marks } from '../../ui/marks.ts'
import css from './saved-accounts.module.css'
import { Sparkline } from './sparkline.tsx'

/** In pixels; every row is as high, so that thousands can be placed without measuring. */
export const ROW_HEIGHT = 44

export function Row({
  line,
  index,
  now,
  top,
  isStop,
  onFocus,
}: {
  readonly line: SavedAccount
  readonly index: number
  readonly now: number
  readonly top: number
  /** The list is one stop of the Tab key; this row is it. */
  readonly isStop: boolean
  readonly onFocus: () => void
}) {
  const { t } = useTranslation()
  const isShown = useStore(({ view }) => 'account' in view && view.account.id === line.account.id)
  const openStored = useStore(state => state.openStored)
  const lookUp = useStore(state => state.lookUp)
  const edit = useStore(state => state.edit)
  const number = useNumber()(line.account)
  const { name } = useHidden()
  const editSavedAccount = useStore(state => state.editSavedAccount)
  const removeSavedAccount = useStore(state => state.removeSavedAccount)
  const tell = useStore(state => state.tell)
  const acts: Readonly<Record<RowAct, () => void>> = {
    lookUp: () => void lookUp(line.account),
    edit: () => edit({ line }),
    pin: () => void editSavedAccount({ ...line, pinned: !line.pinned }).then(tell),
    remove: () => void removeSavedAccount(line),
  }
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
        tabIndex={isStop ? 0 : -1}
        onFocus={onFocus}
        aria-keyshortcuts="E P Delete Control+Enter"
        onClick={() => void openStored(line.account)}
        onKeyDown={event => {
          const act = actOf(event)
          if (act === null) return
          event.preventDefault()
          acts[act]()
        }}
        title={name(line.note) || t('saved.open')}
      >
        <span className={css['name']}>
          {line.pinned && <Pin size={12} aria-label={t('saved.pinned')} />}
          {name(line.label) || number}
        </span>
        <Last line={line} now={now} />
        <span className={css['number']}>{line.label ? number : name(line.note)}</span>
      </button>
      {line.last === null ? (
        <Button
          className={css['first'] ?? ''}
          tabIndex={-1}
          aria-label={`${t('saved.lookUp')} ${number}`}
          onClick={acts.lookUp}
        >
          {t('saved.lookUp')}
        </Button>
      ) : (
        <Sparkline line={line} />
      )}
      <div className={css['acts']}>
        {line.last !== null && (
          <Button
            look="quiet"
            aria-label={`${t('saved.lookUp')} ${number}`}
            title={t('saved.lookUp')}
            tabIndex={-1}
            onClick={acts.lookUp}
          >
            <RefreshCw size={14} aria-hidden />
          </Button>
        )}
        <Button
          look="quiet"
          aria-label={`${t('saved.edit')} ${number}`}
          title={`${t('saved.edit')} (E)`}
          tabIndex={-1}
          onClick={acts.edit}
        >
          <Pencil size={14} aria-hidden />
        </Button>
      </div>
    </li>
  )
}

type RowAct = 'lookUp' | 'edit' | 'pin' | 'remove'

/** What a key does with the row that has the focus. */
function actOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): RowAct | null {
  const isChorded = ctrlKey || metaKey
  if (key === 'Enter' && isChorded) return 'lookUp'
  if (isChorded || altKey) return null
  return (
    ({ e: 'edit', p: 'pin', delete: 'remove' } as const)[key.toLowerCase() as 'e' | 'p' | 'delete'] ?? null
  )
}

function Last({ line: { last, before }, now }: { readonly line: SavedAccount; readonly now: number }) {
  const { t } = useTranslation()
  const language = useStore(state => state.app.language)
  const base = useStore(state => state.app.current?.profile.kbBase ?? 1024)
  if (last === null) return <span className="visually-hidden">{t('saved.never')}</span>

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
      <span className={css['ago']}>{ago(now - last.repliedAt, language)}</span>
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
