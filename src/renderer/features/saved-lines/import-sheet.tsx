import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAccount } from '../../../shared/account.ts'
import type { FailureCode } from '../../../shared/failure.ts'
import { type ImportRow, planImport } from '../../../shared/saved-line.ts'
import { useDesk } from '../../store/index.ts'
import { Button } from '../../ui/button.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { readText } from '../../ui/read-file.ts'
import { Sheet } from '../../ui/sheet.tsx'
import css from './saved-lines.module.css'

/** Shows what a file would change, line by line, before anything is written. It never queries. */
export function ImportSheet() {
  const { t } = useTranslation()
  const importing = useDesk(state => state.importing)
  const openImport = useDesk(state => state.openImport)
  if (!importing) return null
  return (
    <Sheet title={t('import.title')} closeLabel={t('settings.close')} onClose={() => openImport(false)}>
      <ImportForm close={() => openImport(false)} />
    </Sheet>
  )
}

function ImportForm({ close }: { readonly close: () => void }) {
  const { t } = useTranslation()
  const lines = useDesk(state => state.app.current?.savedLines)
  const importLines = useDesk(state => state.importLines)
  const [rows, setRows] = useState<readonly ImportRow[] | null>(null)
  const [failed, setFailed] = useState<FailureCode | null>(null)
  const count = (kind: ImportRow['kind']) => rows?.filter(row => row.kind === kind).length ?? 0
  const drafts = (rows ?? []).flatMap(row =>
    row.kind === 'new' || row.kind === 'changed' ? [row.draft] : [],
  )

  const apply = async () => {
    const failure = await importLines(drafts)
    if (failure === null) close()
    else setFailed(failure.code)
  }

  return (
    <div className={css['import']}>
      <p>{t('import.hint')}</p>
      <p className={css['soft']}>{t('import.bulk')}</p>
      <FileButton
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        label={t('import.choose')}
        onPick={async file => setRows(planImport(await readText(file), lines ?? []))}
      />
      {rows !== null && (
        <>
          <p role="status">
            {rows.length === 0
              ? t('import.empty')
              : t('import.summary', {
                  added: count('new'),
                  changed: count('changed'),
                  same: count('same'),
                  wrong: count('wrong'),
                })}
          </p>
          <Plan rows={rows} />
          <div className={css['actions']}>
            {failed && <p role="alert">{t(`failure.${failed}.title`)}</p>}
            <Button look="primary" disabled={drafts.length === 0} onClick={() => void apply()}>
              {t('import.apply', { count: drafts.length })}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

const PLAN_ROW = 28

function Plan({ rows }: { readonly rows: readonly ImportRow[] }) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const visible = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => PLAN_ROW,
    overscan: 8,
  })
  return (
    <div ref={scroller} className={css['plan']}>
      <ol style={{ height: visible.getTotalSize() }}>
        {visible.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          return (
            row && (
              <li
                key={row.line}
                data-kind={row.kind}
                style={{ height: PLAN_ROW, transform: `translateY(${start}px)` }}
              >
                <span>{t('import.line', { line: row.line })}</span>
                <span>{t(`import.kind.${row.kind}`)}</span>
                {row.kind === 'wrong' ? (
                  <span title={t(`import.problem.${row.problem}`)}>
                    {row.text} — {t(`import.problem.${row.problem}`)}
                  </span>
                ) : (
                  <span>
                    {formatAccount(row.draft.account)} {row.draft.label}
                  </span>
                )}
              </li>
            )
          )
        })}
      </ol>
    </div>
  )
}
