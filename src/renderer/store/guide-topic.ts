import type { PageState } from './page-store.ts'

/** Where the guide opens: at the sheet that is open, at the failure or the figures on the screen, or at the beginning. */
export function guideTopic(state: PageState): string {
  const { view } = state
  if (state.offeredSetup !== null || state.isMakingSetup || state.sheet === 'first-run') return 'setup'
  if (state.isDoctorOpen) return 'failures'
  if (state.templatesOpen) return 'ticket'
  if (state.importing || state.editing !== null) return 'saved-lines'
  if (state.sheet !== null) return 'settings'
  if (view.kind === 'failed') return `failure-${view.failure.code}`
  return view.kind === 'shown' ? 'figures' : 'look-up'
}
