import { type App, dialog } from 'electron'

/** Ends a program that was started in a way it does not accept, and says so in both languages: none is chosen yet. */
export function refuseToStart(app: Pick<App, 'getName' | 'exit'>, switchName: string): void {
  dialog.showErrorBox(
    app.getName(),
    `「--${switchName}」を付けて起動することはできません。付けずに起動してください。\nIt does not start with “--${switchName}”. Start it without.`,
  )
  app.exit(1)
}
