import type { Progress } from '../../contract/events.ts'
import type { Clock } from '../clock.ts'
import type { JobOptions } from '../store/maintenance-client.ts'

/** Runs work that may take a while, and shows how far it has come. */
export type ShowProgress = <T>(
  task: NonNullable<Progress>['task'],
  work: (options: JobOptions) => Promise<T>,
) => Promise<T>

/** What is done sooner is done before a progress bar could be read. */
const SHOW_AFTER_MS = 500

export const createShowProgress =
  (clock: Pick<Clock, 'after'>, tell: (progress: Progress) => void): ShowProgress =>
  async (task, work) => {
    let shows = false
    let latest = { done: 0, total: 0 }
    const callOff = clock.after(SHOW_AFTER_MS, () => {
      shows = true
      tell({ task, ...latest })
    })
    try {
      return await work({
        onProgress({ done, total }) {
          latest = { done, total }
          if (shows) tell({ task, done, total })
        },
      })
    } finally {
      callOff()
      if (shows) tell(null)
    }
  }
