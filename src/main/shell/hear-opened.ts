import type { App } from 'electron'
import { type OpenedArgument, openedArgument, openedFile, openedLink } from './opened-argument.ts'

/**
 * Hears of links and files that the system asks to open: as an argument at a start, from another start while the program runs,
 * and on macOS in events, which may come before the program is ready.
 */
export function hearOpened({
  app,
  argv,
  open,
  bringForward,
}: {
  readonly app: Pick<App, 'on'>
  readonly argv: readonly string[]
  readonly open: (argument: OpenedArgument) => void
  /** Somebody started the program once more, for nothing in particular. */
  readonly bringForward: () => void
}): void {
  const openIf = (argument: OpenedArgument | null) => argument !== null && open(argument)
  app.on('open-url', (event, url) => {
    event.preventDefault()
    openIf(openedLink(url))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openIf(openedFile(path))
  })
  app.on('second-instance', (_event, argv, workingDirectory) => {
    const argument = openedArgument(argv, workingDirectory)
    if (argument === null) bringForward()
    else open(argument)
  })
  openIf(openedArgument(argv))
}
