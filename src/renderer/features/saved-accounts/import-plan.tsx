import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import type { ImportRow } from '../../../domain/plan-import.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useHidden, useNumber } from '../../store/use-number.ts'
import { problemWords } from '../../ui/problem-words.ts'
import css from './saved-accounts.module.css'

const PLAN_ROW = 28

/** The rows of a file and what becomes of each; on request those alone that can't be taken. */
export function ImportPlan({ rows }: { readonly rows: readonly ImportRow[] }) {
  const { t } = useTranslation()
  const [errorsOnly, setErrorsOnly] = useState(false)
  const scroller = useRef<HTMLDivElement>(null)
  const wrong = rows.filter(row => row.kind === 'wrong')
  const shown = errorsOnly ? wrong : rows
  const visible = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => PLAN_ROW,
    overscan: 8,
  })
  return (
    <>
      {wrong.length > 0 && wrong.length < rows.length && (
        <label>
          <input
            type="checkbox"
            checked={errorsOnly}
            onChange={({ target }) => setErrorsOnly(target.checked)}
          />{' '}
          {t('import.errorsOnly')}
        </label>
      )}
      <div ref={scroller} className={css['plan']}>
        <ol style={{ height: visible.getTotalSize() }}>
          {visible.getVirtualItems().map(({ index, start }) => {
            const row = shown[index]
            return (
              row && (
                <li
                  key={row.line}
                  data-kind={row.kind}
                  style={{ height: PLAN_ROW, transform: `translateY(${start}px)` }}
                >
                  <span>{t('import.line', { line: row.line })}</span>
                  <span>{t(`import.kind.${row.kind}`)}</span>
                  <RowWords row={row} />
                </li>
              )
            )
          })}
        </ol>
      </div>
    </>
  )
}

function RowWords({ row }: { readonly row: ImportRow }) {
  const { t } = useTranslation()
  const number = useNumber()
  const hidden = useHidden()
  if (row.kind !== 'wrong') {
    return (
      <span>
        {number(row.draft.account)} {hidden.name(row.draft.label)}
        {row.isRepaired && <small> ({t('import.repaired')})</small>}
      </span>
    )
  }
  const words =
    row.problem.kind === 'account'
      ? problemWords(t, row.problem.reading)
      : t(`import.problem.${row.problem.kind}`)
  return (
    <span title={words}>
      {hidden.name(row.text)} — {words}
    </span>
  )
}
