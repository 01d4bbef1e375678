import { useCallback, useEffect, useState } from 'react'
import type { Account } from '../../../domain/account.ts'
import { HISTORY_PAGE, japanMinute, type StoredLookup } from '../../../domain/traffic.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useHidden } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { figure } from '../../ui/format.ts'
import css from './usage.module.css'

/** The lookups of an account, good or failed, read from the store a page at a time when it is opened. */
export function History({
  account,
  shownId,
}: {
  readonly account: Account
  readonly shownId: number | null
}) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { allowsExport } = useStore(state => state.app.policy)
  const exportHistory = useStore(state => state.exportHistory)
  const forgetCustomer = useStore(state => state.forgetCustomer)
  return (
    <section className={css['history']} aria-label={t('history.title')}>
      <div className={css['historyBar']}>
        <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'history.hide' : 'history.show')}
        </Button>
        {open && allowsExport && (
          <Button look="quiet" onClick={() => void exportHistory(account)}>
            {t('history.export')}
          </Button>
        )}
        {open && (
          <ConfirmButton sure={t('history.forgetSure')} onConfirm={() => void forgetCustomer(account)}>
            {t('history.forget')}
          </ConfirmButton>
        )}
      </div>
      {open && <Lookups key={shownId} account={account} />}
    </section>
  )
}

function Lookups({ account }: { readonly account: Account }) {
  const { t } = useTranslation()
  const readHistory = useStore(state => state.readHistory)
  const [lookups, setLookups] = useState<readonly StoredLookup[]>([])
  const [hasOlder, setHasOlder] = useState(false)
  const readOlder = useCallback(
    async (before: number | null, isCurrent: () => boolean = () => true) => {
      const found = await readHistory(account, before)
      if (!isCurrent()) return
      setLookups(shown => {
        if (before === null) return found
        // A second click may have asked for the same page.
        return shown.at(-1)?.id === before ? [...shown, ...found] : shown
      })
      setHasOlder(found.length === HISTORY_PAGE)
    },
    [readHistory, account],
  )
  useEffect(() => {
    let isCurrent = true
    void readOlder(null, () => isCurrent)
    return () => {
      isCurrent = false
    }
  }, [readOlder])
  return (
    <>
      <table className={`${css['table']} ${css['log']}`}>
        <thead>
          <tr>
            <th scope="col">{t('history.when')}</th>
            <th scope="col">{t('history.result')}</th>
            <th scope="col">{t('history.agent')}</th>
            <th scope="col">{t('history.took')}</th>
          </tr>
        </thead>
        <tbody>
          {lookups.map(lookup => (
            <Entry key={lookup.id} lookup={lookup} />
          ))}
        </tbody>
      </table>
      {hasOlder && (
        <Button look="quiet" onClick={() => void readOlder(lookups.at(-1)?.id ?? null)}>
          {t('history.older')}
        </Button>
      )}
    </>
  )
}

function Entry({ lookup }: { readonly lookup: StoredLookup }) {
  const { id, account, askedAt, result, agent, durationMs } = lookup
  const openRecent = useStore(state => state.openRecent)
  const { t } = useTranslation()
  const base = useStore(state => state.app.current?.profile.kbBase ?? 1024)
  const readRawReply = useStore(state => state.readRawReply)
  const hidden = useHidden()
  const [raw, setRaw] = useState<string | null>(null)
  return (
    <>
      <tr>
        <th scope="row">
          <Button
            look="quiet"
            title={t('history.open')}
            onClick={() => void openRecent({ id, account, lookup: null })}
          >
            {japanMinute(askedAt)}
          </Button>
        </th>
        <td>
          <Button
            look="quiet"
            title={t('history.raw')}
            aria-expanded={raw !== null}
            onClick={async () => {
              if (raw !== null) return setRaw(null)
              const reply = await readRawReply(id)
              setRaw(
                reply.kind === 'kept'
                  ? reply.text
                  : t(reply.kind === 'none' ? 'history.noRaw' : 'history.rawNotKept'),
              )
            }}
          >
            {result.ok
              ? figure(result.value.todayKb, base, t('usage.noData')).text
              : t(`failures.${result.failure.code}`)}
          </Button>
        </td>
        <td>{agent}</td>
        <td>{t('usage.took', { seconds: (durationMs / 1000).toFixed(1) })}</td>
      </tr>
      {raw !== null && (
        <tr>
          <td colSpan={4}>
            <pre className={css['raw']}>{hidden.text(raw)}</pre>
          </td>
        </tr>
      )}
    </>
  )
}
