import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from '../../i18n/use-translation.ts'
import type { Notice } from '../../store/notices.ts'
import { useStore } from '../../store/react.ts'
import { useHidden, useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import css from './notices.module.css'

const SHOWN_MS = 8_000

/** The notices. One that is about an account says which account. */
export function Notices() {
  const notices = useStore(state => state.notices)
  return (
    <div className={css['notices']} role="log" aria-live="polite">
      {/* One at a time, the newest; one that waits is shown once it is gone. */}
      {notices.slice(-1).map(notice => (
        <Item key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function Item({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation()
  const dismiss = useStore(state => state.dismiss)
  const saveAccount = useStore(state => state.saveAccount)
  const tell = useStore(state => state.tell)
  useEffect(() => {
    const timer = setTimeout(() => dismiss(notice.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [dismiss, notice.id])
  return (
    <p className={css['notice']} data-kind={notice.kind}>
      <span>{useWords(notice)}</span>
      {notice.kind === 'removed' && (
        <Button
          onClick={() => {
            dismiss(notice.id)
            void saveAccount(notice.line).then(tell)
          }}
        >
          {t('notice.undo')}
        </Button>
      )}
      <Button look="quiet" aria-label={t('notice.dismiss')} onClick={() => dismiss(notice.id)}>
        <X size={14} aria-hidden />
      </Button>
    </p>
  )
}

function useWords(notice: Notice): string {
  const { t } = useTranslation()
  const number = useNumber()
  const hidden = useHidden()
  switch (notice.kind) {
    case 'copied':
      return t('ticket.copied', { account: number(notice.account) })
    case 'not-copied':
      return t('ticket.notCopied', { account: number(notice.account) })
    case 'chart-copied':
      return t('notice.chartCopied', { account: number(notice.account) })
    case 'sentence-copied':
      return t('notice.sentenceCopied', { account: number(notice.account) })
    case 'superseded':
      return t('notice.superseded', { account: number(notice.account) })
    case 'filed':
      return t('notice.filed', { account: number(notice.account) })
    case 'cancelled':
      return t('notice.cancelled', { account: number(notice.account) })
    case 'gone':
      return t('notice.gone', { account: number(notice.account) })
    case 'failed': {
      const title = t(`failures.${notice.code}`)
      return t('notice.failed', { account: number(notice.account), title })
    }
    case 'removed':
      return t('notice.removed', { account: number(notice.line.account) })
    case 'exported':
      return t('notice.exported', { file: hidden.text(notice.file) })
    case 'lookups-exported':
      return t('notice.lookupsExported', { file: hidden.text(notice.file), count: notice.count })
    case 'link-kept':
      return t('notice.linkKept', { account: number(notice.account) })
    case 'text-copied':
      return t('notice.textCopied')
    case 'set-up':
      return t('notice.setUp')
    case 'nothing-to-copy':
      return t('notice.nothingToCopy')
    case 'needs-rich-text':
      return t('notice.needsRichText')
    case 'trouble':
      return t(`failures.${notice.code}`)
  }
}
