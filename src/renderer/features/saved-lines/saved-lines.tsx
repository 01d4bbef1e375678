import { useVirtualizer } from '@tanstack/react-virtual'
import { FileDown, FileUp, Plus } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedLine } from '../../../shared/bridge.ts'
import { useDesk } from '../../store/index.ts'
import { visibleLines } from '../../store/saved-lines.ts'
import { Button } from '../../ui/button.tsx'
import { fields } from '../../ui/fields.ts'
import { useNow } from '../../ui/use-now.ts'
import { ROW_HEIGHT, Row } from './row.tsx'
import css from './saved-lines.module.css'

const none: readonly SavedLine[] = []

/** The kept lines with their last answers. Opening one shows what is stored; looking it up is a separate act. */
export function SavedLines() {
  const { t } = useTranslation()
  const lines = useDesk(state => state.app.current?.savedLines ?? none)
  const search = useDesk(state => state.search)
  const setSearch = useDesk(state => state.setSearch)
  const veiled = useDesk(state => state.veiled)
  const edit = useDesk(state => state.edit)
  const openImport = useDesk(state => state.openImport)
  const exportLines = useDesk(state => state.exportLines)
  const visible = useMemo(() => visibleLines(lines, search), [lines, search])
  return (
    <nav className={css['list']} aria-label={t('saved.title')}>
      <header>
        <h2>{t('saved.title')}</h2>
        <span className={css['count']}>{lines.length > 0 && lines.length}</span>
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
          title={t('saved.export')}
          disabled={lines.length === 0}
          onClick={() => void exportLines()}
        >
          <FileDown size={16} aria-hidden />
        </Button>
      </header>
      {lines.length === 0 ? (
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
            data-hidden={veiled}
            onChange={event => setSearch(event.target.value)}
            onKeyDown={event => {
              if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return
              event.preventDefault()
              document.querySelector<HTMLElement>('[data-index="0"] button')?.focus()
            }}
          />
          {visible.length === 0 ? (
            <p className={css['empty']}>{t('saved.noMatch')}</p>
          ) : (
            <Rows lines={visible} />
          )}
        </>
      )}
    </nav>
  )
}

/** Only the rows in sight are in the page, however many lines are kept. */
function Rows({ lines }: { readonly lines: readonly SavedLine[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const now = useNow(10_000)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    getItemKey: index => lines[index]?.id ?? index,
  })
  // Arrows walk from row to row, also to those that are not in the page yet.
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const row = (event.target as Element).closest('li')
    if (step === 0 || row === null) return
    event.preventDefault()
    const next = Number(row.dataset['index']) + step
    if (next < 0 || next >= lines.length) return
    rows.scrollToIndex(next)
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] button`)?.focus(),
    )
  }
  return (
    <div ref={scroller} className={css['scroller']}>
      <ul onKeyDown={onKeyDown} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const line = lines[index]
          return line && <Row key={line.id} line={line} index={index} now={now} top={start} />
        })}
      </ul>
    </div>
  )
}
