import { type App, dialog } from 'electron'
import { words } from '../../domain/words/words.ts'

/** Ends a program that was started in a way it does not accept, and says so in both languages: none is chosen yet. */
export function refuseToStart(app: Pick<App, 'getName' | 'exit'>, switchName: string): void {
  dialog.showErrorBox(
    app.getName(),
    [words.ja, words.en].map(({ dialogs }) => dialogs.refusedSwitch(switchName)).join('\n'),
  )
  app.exit(1)
}
