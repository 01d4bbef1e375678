import { useEffect, useRef, useState } from 'react'
import { decodeText } from '../../../domain/decode-text.ts'
import type { FailureCode } from '../../../domain/failure.ts'
import { type ImportRow, planImport, readRows, repairable } from '../../../domain/plan-import.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { ImportPlan } from './import-plan.tsx'
import { inSlices } from './in-slices.ts'
import css from './saved-accounts.module.css'

/** Shows what a file would change, row by row, before anything is written. It never queries. */
export default function ImportSheet() {
  const { t } = useTranslation()
  const openImport = useStore(state => state.openImport)
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

type Step =
  | { readonly kind: 'no-file' | 'too-large' }
  | { readonly kind: 'reading'; readonly done: number }
  | {
      readonly kind: 'planned'
      readonly text: string
      readonly rows: readonly ImportRow[]
      readonly repairs: boolean
      /** How many rows would be taken if the lost zeros were put back. */
      readonly lost: number
      readonly failure: FailureCode | null
    }
  | { readonly kind: 'done'; readonly rows: readonly ImportRow[] }

function ImportForm({ close }: { readonly close: () => void }) {
  const { t } = useTranslation()
  const keptAccounts = useStore(state => state.keptAccounts)
  const importSavedAccounts = useStore(state => state.importSavedAccounts)
  const [step, setStep] = useState<Step>({ kind: 'no-file' })
  // Only the file that was chosen last is read to its end, and none once the sheet is closed.
  const latest = useRef(0)
  useEffect(
    () => () => {
      latest.current += 1
    },
    [],
  )

  const plan = async (text: string, repairs: boolean, lost: number | null) => {
    latest.current += 1
    const act = latest.current
    const read = await inSlices(readRows(text, { repairs }), {
      monotonic: () => performance.now(),
      pause: () => new Promise(resolve => setTimeout(resolve)),
      report(done) {
        if (act === latest.current) setStep({ kind: 'reading', done })
        return act === latest.current
      },
    })
    if (read === null || act !== latest.current) return
    const kept = await keptAccounts(read.flatMap(row => (row.kind === 'read' ? [row.account] : [])))
    if (act !== latest.current) return
    if (kept === null) return setStep({ kind: 'no-file' })
    const rows = planImport(read, kept)
    setStep({ kind: 'planned', text, rows, repairs, lost: lost ?? repairable(rows), failure: null })
  }
  const rows = 'rows' in step ? step.rows : []
  const drafts = rows.flatMap(row => (row.kind === 'new' || row.kind === 'changed' ? [row.draft] : []))
  const apply = async () => {
    if (step.kind !== 'planned') return
    const failure = await importSavedAccounts(drafts)
    setStep(failure === null ? { kind: 'done', rows } : { ...step, failure: failure.code })
  }
  const counts = {
    added: countOf(rows, 'new'),
    changed: countOf(rows, 'changed'),
    same: countOf(rows, 'same'),
    wrong: countOf(rows, 'wrong'),
  }

  if (step.kind === 'done') {
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
          latest.current += 1
          if (picked.size > LARGEST_FILE) return setStep({ kind: 'too-large' })
          await plan(decodeText(new Uint8Array(await picked.arrayBuffer())), false, null)
        }}
      />
      {step.kind === 'too-large' && (
        <p role="alert">{t('import.tooLarge', { mb: LARGEST_FILE / 1_000_000 })}</p>
      )}
      {step.kind === 'reading' && (
        <label>
          {t('import.reading', { done: step.done.toLocaleString('en-US') })} <progress />
        </label>
      )}
      {step.kind === 'planned' && (
        <>
          <p role="status">{rows.length === 0 ? t('import.empty') : t('import.summary', counts)}</p>
          {step.lost > 0 && (
            <label>
              <input
                type="checkbox"
                checked={step.repairs}
                onChange={({ target }) => void plan(step.text, target.checked, step.lost)}
              />{' '}
              {t('import.repair', { count: step.lost })}
            </label>
          )}
          <ImportPlan rows={rows} />
          <div className={css['actions']}>
            {step.failure && <p role="alert">{t(`failures.${step.failure}`)}</p>}
            <Button look="primary" disabled={drafts.length === 0} onClick={() => void apply()}>
              {t('import.apply', { count: drafts.length })}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
