import type { BrowserWindow, Dialog } from 'electron'
import type { Language } from '../../domain/language.ts'
import { words } from '../../domain/words/words.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/log.ts'

const MOST_CRASHES = 3
const WITHIN_MS = 5 * 60_000

/**
 * Brings a page back that crashed or hangs; it then goes on waiting for what it had asked. A page that does so again and
 * again is not reloaded for ever: the agent is asked.
 */
export function recoverPage(
  window: BrowserWindow,
  {
    url,
    clock,
    log,
    dialog,
    language,
    quit,
  }: {
    readonly url: string
    readonly clock: Pick<Clock, 'monotonic'>
    readonly log: Log
    readonly dialog: Pick<Dialog, 'showMessageBox'>
    readonly language: () => Language
    readonly quit: () => void
  },
): void {
  const page = window.webContents
  let crashes: number[] = []
  const reload = () => {
    if (!window.isDestroyed()) void window.loadURL(url).catch(() => {})
  }
  page.on('render-process-gone', (_event, { reason }) => {
    log.note('page-gone', { reason })
    if (reason === 'clean-exit') return
    const now = clock.monotonic()
    crashes = [...crashes.filter(at => now - at < WITHIN_MS), now]
    if (crashes.length < MOST_CRASHES) return reload()
    crashes = []
    const word = words[language()].dialogs.crash
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: word.message,
        detail: word.detail,
        buttons: [word.reload, word.quit],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      })
      .then(({ response }) => (response === 0 ? reload() : quit()))
  })
  page.on('unresponsive', () => {
    log.note('page-hangs')
    page.forcefullyCrashRenderer()
  })
}

/** Ends the program on an unexpected error, which is logged and shown: going on might show a wrong figure. */
export function endOnUncaught({
  on,
  log,
  showErrorBox,
  language,
  exit,
}: {
  readonly on: (listener: (error: unknown) => void) => void
  readonly log: Log
  readonly showErrorBox: Dialog['showErrorBox']
  readonly language: () => Language
  readonly exit: () => void
}): void {
  let isEnding = false
  on(error => {
    log.note('uncaught', { error })
    if (isEnding) return
    isEnding = true
    try {
      const { message, detail } = words[language()].dialogs.uncaught
      showErrorBox(message, detail)
    } finally {
      exit()
    }
  })
}
