import type { Account } from '../../domain/account.ts'
import type { Failure, FailureCode } from '../../domain/failure.ts'
import type { AccountDraft } from '../../domain/saved-account.ts'
import type { SessionSlice } from './session.ts'
import type { Slice } from './slice.ts'

/** Something to be told in passing. What is about an account names it. */
export type NoticeContent =
  | {
      readonly kind:
        | 'copied'
        | 'not-copied'
        | 'chart-copied'
        | 'sentence-copied'
        | 'superseded'
        | 'filed'
        | 'cancelled'
        | 'gone'
        | 'link-kept'
      readonly account: Account
    }
  | { readonly kind: 'failed'; readonly account: Account; readonly code: FailureCode }
  | { readonly kind: 'removed'; readonly line: AccountDraft }
  | { readonly kind: 'exported'; readonly file: string }
  | { readonly kind: 'lookups-exported'; readonly file: string; readonly count: number }
  | { readonly kind: 'nothing-to-copy' | 'needs-rich-text' | 'set-up' | 'text-copied' }
  | { readonly kind: 'trouble'; readonly code: FailureCode }

export type Notice = NoticeContent & { readonly id: number }

export interface NoticesSlice {
  readonly notices: readonly Notice[]
  notify(notice: NoticeContent): void
  /** Returns a `notify` for an action that starts now: it says nothing once another profile is chosen. */
  notifier(): (notice: NoticeContent) => void
  dismiss(id: number): void
  /** Shows a notice for a failure that no form shows; does nothing for null. */
  tell(failure: Failure | null): void
}

const MOST = 5

export const createNoticesSlice: Slice<NoticesSlice, Pick<SessionSlice, 'app'>> = (set, get) => {
  let last = 0
  return {
    notices: [],
    notify(notice) {
      last += 1
      const id = last
      set(({ notices }) => ({ notices: [...notices, { ...notice, id }].slice(-MOST) }))
    },
    notifier() {
      const profileId = get().app.current?.profile.id
      return notice => {
        if (get().app.current?.profile.id === profileId) get().notify(notice)
      }
    },
    tell(failure) {
      if (failure !== null) get().notify({ kind: 'trouble', code: failure.code })
    },
    dismiss(id) {
      set(({ notices }) => ({ notices: notices.filter(notice => notice.id !== id) }))
    },
  }
}
