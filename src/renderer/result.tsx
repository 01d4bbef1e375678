import css from './app.module.css'
import { FailureCard } from './features/lookup/failure-card.tsx'
import { History } from './features/result/history.tsx'
import { UsagePanel } from './features/result/usage-panel.tsx'
import { SayThis } from './features/ticket/say-this.tsx'
import { useTranslation } from './i18n/use-translation.ts'
import { useStore } from './store/react.ts'
import { useNumber } from './store/use-number.ts'
import type { Settled, View } from './store/view.ts'

/** What is known of one account: its figures, why there are none, or that nobody asked yet. */
export default function Result({
  view,
}: {
  readonly view: Settled | Extract<View, { readonly kind: 'nothing-stored' }>
}) {
  const { t } = useTranslation()
  const profile = useStore(state => state.app.current?.profile)
  const number = useNumber()
  if (view.kind === 'nothing-stored') {
    return (
      <>
        <p className={css['hint']}>
          {number(view.account)} — {t('usage.nothingStored')}
        </p>
        <History account={view.account} shownId={null} />
      </>
    )
  }
  if (view.kind === 'failed') {
    return (
      <>
        <FailureCard account={view.account} failure={view.failure} heardAt={view.heardAt} />
        <SayThis />
        <History account={view.account} shownId={view.heardAt} />
      </>
    )
  }
  return profile ? (
    <UsagePanel
      key={view.account.id}
      account={view.account}
      lookup={view.lookup}
      stored={view.stored}
      savedAccount={view.savedAccount}
      profile={profile}
    >
      <SayThis />
    </UsagePanel>
  ) : null
}
