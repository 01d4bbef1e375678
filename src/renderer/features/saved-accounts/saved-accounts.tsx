import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDownUp, FileDown, FileUp, Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { LONGEST_SEARCH, type SavedOrder, savedOrders } from '../../../domain/saved-account.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { covers } from '../../store/saved-accounts.ts'
import { Button } from '../../ui/button.tsx'
import { fields } from '../../ui/fields.ts'
import { useNow } from '../../ui/use-now.ts'
import { ROW_HEIGHT, Row } from './row.tsx'
import css from './saved-accounts.module.css'

/** The kept lines with their last answers. Opening one shows what is stored; looking it up is a separate act. */
export function SavedAccounts() {
  const { t } = useTranslation()
  const total = useStore(state => state.listed.total)
  const found = useStore(state => state.listed.found)
  const search = useStore(state => state.search)
  const shownSearch = useStore(state => state.listed.search)
  const setSearch = useStore(state => state.setSearch)
  const numbersHidden = useStore(state => state.numbersHidden)
  const edit = useStore(state => state.edit)
  const openImport = useStore(state => state.openImport)
  const { allowsExport } = useStore(state => state.app.policy)
  const exportSavedAccounts = useStore(state => state.exportSavedAccounts)
  // Until the field is left for the list, which may still be that of what was typed before.
  const [isEntering, setIsEntering] = useState(false)
  return (
    <nav className={css['list']} aria-label={t('saved.title')}>
      <header>
        <h2>{t('saved.title')}</h2>
        <span className={css['count']}>
          {total > 0 && (search.trim() === '' ? total : t('saved.count', { found, total }))}
        </span>
        <Order />
        <Button
          look="quiet"
          aria-label={t('saved.add')}
          title={t('saved.add')}
          onClick={() => edit({ line: null })}
        >
          <Plus size={16} aria-hidden />
        </Button>
        <Button
          look="quiet"
          aria-label={t('saved.import')}
          title={t('saved.import')}
          onClick={() => openImport(true)}
        >
          <FileUp size={16} aria-hidden />
        </Button>
        <Button
          look="quiet"
          aria-label={t('saved.export')}
          title={t(allowsExport ? 'saved.export' : 'policy.locked')}
          disabled={!allowsExport || total === 0}
          onClick={() => void exportSavedAccounts()}
        >
          <FileDown size={16} aria-hidden />
        </Button>
      </header>
      {total === 0 ? (
        <p className={css['empty']}>{t('saved.empty')}</p>
      ) : (
        <>
          <input
            type="search"
            id={fields.search}
            className={css['search']}
            aria-label={t('saved.search')}
            placeholder={t('saved.search')}
            value={search}
            data-hidden={numbersHidden}
            maxLength={LONGEST_SEARCH}
            onChange={event => {
              setIsEntering(false)
              void setSearch(event.target.value)
            }}
            onBlur={() => setIsEntering(false)}
            onKeyDown={event => {
              if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return
              event.preventDefault()
              setIsEntering(true)
            }}
          />
          {found === 0 ? (
            <p className={css['empty']}>{t('saved.noMatch')}</p>
          ) : (
            <Rows key={shownSearch} isEntering={isEntering} />
          )}
        </>
      )}
    </nav>
  )
}

function Order() {
  const { t } = useTranslation()
  const order = useStore(state => state.app.settings.savedOrder)
  const setOrder = useStore(state => state.setOrder)
  const words = (choice: SavedOrder) => t(`saved.orders.${choice}`)
  return (
    <label className={css['order']} title={`${t('saved.order')}: ${words(order)}`}>
      <ArrowDownUp size={16} aria-hidden />
      <select
        aria-label={t('saved.order')}
        value={order}
        onChange={({ target }) => void setOrder(target.value as SavedOrder)}
      >
        {savedOrders.map(choice => (
          <option key={choice} value={choice}>
            {words(choice)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Only the rows in sight are in the page, however many lines are kept. */
function Rows({ isEntering }: { readonly isEntering: boolean }) {
  const listed = useStore(state => state.listed)
  const isBehind = useStore(state => state.listed.search !== state.search)
  const lookAt = useStore(state => state.lookAt)
  const scroller = useRef<HTMLDivElement>(null)
  const now = useNow(10_000)
  const [stop, setStop] = useState(0)
  const rows = useVirtualizer({
    count: listed.found,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  })
  const inSight = rows.getVirtualItems()
  const [first = 0, last = 0] = [inSight.at(0)?.index, inSight.at(-1)?.index]
  const isRead = covers(listed, first, last)
  useEffect(() => {
    if (!isRead) void lookAt(first, last)
  }, [first, last, isRead, lookAt])
  // Not into a list that is about to be another one: the row under the cursor would be somebody else's, and go.
  useEffect(() => {
    if (!isEntering || isBehind) return
    const row = scroller.current?.querySelector<HTMLElement>('[data-index="0"] button')
    if (row) row.focus()
    else rows.scrollToIndex(0)
  })
  // Arrows walk from row to row, also to those that are not in the page yet.
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const row = (event.target as Element).closest('li')
    if (step === 0 || row === null) return
    event.preventDefault()
    const next = Number(row.dataset['index']) + step
    if (next < 0 || next >= listed.found) return
    rows.scrollToIndex(next)
    const rowAt = () => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] button`)
    // At once where it is in the page: the next key may follow within the frame, and is meant for that row.
    const inPage = rowAt()
    if (inPage) inPage.focus()
    else requestAnimationFrame(() => rowAt()?.focus())
  }
  return (
    <div ref={scroller} className={css['scroller']}>
      <ul onKeyDown={onKeyDown} style={{ height: rows.getTotalSize() }} aria-busy={isBehind}>
        {inSight.map(({ index, start }) => {
          const line = listed.lines[index - listed.offset]
          return (
            line && (
              <Row
                key={line.id}
                line={line}
                index={index}
                now={now}
                top={start}
                isStop={index === Math.min(Math.max(stop, first), last)}
                onFocus={() => setStop(index)}
              />
            )
          )
        })}
      </ul>
    </div>
  )
}
