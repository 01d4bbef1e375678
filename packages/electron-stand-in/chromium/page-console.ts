import type { CdpSession, Reply } from './cdp.ts'

export interface ConsoleMessage {
  readonly level: 'debug' | 'info' | 'warning' | 'error'
  readonly message: string
  readonly lineNumber: number
  readonly sourceId: string
}

const levels: Readonly<Record<string, ConsoleMessage['level']>> = {
  debug: 'debug',
  verbose: 'debug',
  warning: 'warning',
  error: 'error',
  assert: 'error',
}

/** Reports what would stand in the page's console: its own calls, Chromium's complaints, and uncaught errors. */
export function watchConsole(session: CdpSession, report: (message: ConsoleMessage) => void): void {
  session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    const [top] = stackTrace?.callFrames ?? []
    report({
      level: levels[type] ?? 'info',
      message: args.map((arg: Reply) => String(arg.value ?? arg.description ?? arg.type)).join(' '),
      lineNumber: (top?.lineNumber ?? -1) + 1,
      sourceId: top?.url ?? '',
    })
  })
  session.on('Log.entryAdded', ({ entry }) => {
    report({
      level: levels[entry.level] ?? 'info',
      message: entry.text,
      lineNumber: (entry.lineNumber ?? -1) + 1,
      sourceId: entry.url ?? '',
    })
  })
  session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception, lineNumber, url } }) => {
    const message = `${text} ${exception?.description ?? ''}`.trim()
    report({ level: 'error', message, lineNumber: lineNumber + 1, sourceId: url ?? '' })
  })
}
