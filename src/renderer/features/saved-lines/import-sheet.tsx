import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { decodeText } from '../../../shared/decode-text.ts'
import type { FailureCode } from '../../../shared/failure.ts'
import { type ImportRow, planImport, repairable } from '../../../shared/plan-import.ts'
import { useDesk } from '../../store/index.ts'
import { Button } from '../../ui/button.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { ImportPlan } from './import-plan.tsx'
import css from './saved-lines.module.css'

/** Shows what a file would change, row by row, before anything is written. It never queries. */
export default function ImportSheet() {
  const { t } = useTranslation()
  const openImport = useDesk(state => state.openImport)
  return (
    <Sheet title={t('import.title')} closeLabel={t('settings.close')} onClose={() => openImport(false)}>
      <ImportForm close={() => openImport(false)} />
    </Sheet>
  )
}

/** Bytes: room for 20,000 lines with their notes; what is larger is no list of kept lines, and is not read. */
const LARGEST_FILE = 5_000_000

const countOf = (rows: readonly ImportRow[], kind: ImportRow['kind']) =>
  rows.filter(row => row.kind === kind).length

function ImportForm({ close }: { readonly close: () => void }) {
  const { t } = useTranslation()
  const lines = useDesk(state => state.app.current?.savedLines)
  const importLines = useDesk(state => state.importLines)
  const [file, setFile] = useState<string | null>(null)
  const [rows, setRows] = useState<readonly ImportRow[]>([])
  const [repairs, setRepairs] = useState(false)
  const [lost, setLost] = useState(0)
  const [done, setDone] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)
  const [failed, setFailed] = useState<FailureCode | null>(null)

  const plan = (text: string, repaired: boolean) => {
    const planned = planImport(text, lines ?? [], { repairs: repaired })
    setFile(text)
    setRepairs(repaired)
    setRows(planned)
    if (!repaired) setLost(repairable(planned))
    setDone(false)
    setFailed(null)
  }
  const drafts = rows.flatMap(row => (row.kind === 'new' || row.kind === 'changed' ? [row.draft] : []))
  const apply = async () => {
    const failure = await importLines(drafts)
    if (failure === null) setDone(true)
    else setFailed(failure.code)
  }
  const counts = {
    added: countOf(rows, 'new'),
    changed: countOf(rows, 'changed'),
    same: countOf(rows, 'same'),
    wrong: countOf(rows, 'wrong'),
  }

  if (done) {
    return (
      <div className={css['import']}>
        <p role="status">{t('import.done', { ...counts, count: drafts.length })}</p>
        {counts.wrong > 0 && <p>{t('import.left', { count: counts.wrong })}</p>}
        {counts.wrong > 0 && <ImportPlan rows={rows.filter(row => row.kind === 'wrong')} />}
        <div className={css['actions']}>
          <Button look="primary" onClick={close}>
            {t('settings.close')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className={css['import']}>
      <p>{t('import.hint')}</p>
      <p className={css['soft']}>{t('import.bulk')}</p>
      <FileButton
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        label={t('import.choose')}
        onPick={async picked => {
          setTooLarge(picked.size > LARGEST_FILE)
          if (picked.size > LARGEST_FILE) return setFile(null)
          plan(decodeText(new Uint8Array(await picked.arrayBuffer())), false)
        }}
      />
      {tooLarge && <p role="alert">{t('import.tooLarge', { mb: LARGEST_FILE / 1_000_000 })}</p>}
      {file !== null && (
        <>
          <p role="status">{rows.length === 0 ? t('import.empty') : t('import.summary', counts)}</p>
          {lost > 0 && (
            <label>
              <input
                type="checkbox"
                checked={repairs}
                onChange={({ target }) => plan(file, target.checked)}
              />{' '}
              {t('import.repair', { count: lost })}
            </label>
          )}
          <ImportPlan rows={rows} />
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
