/** The argument contract of Electron's binary, as far as running an app needs it. */
export interface HostArguments {
  /** Modules to load before the app: -r or --require. */
  readonly preloads: readonly string[]
  /** The app's directory or entry file; '.' when none is given. */
  readonly target: string
  /** --inspect or --inspect=[host:]port. Undefined: no inspector. */
  readonly inspect: { readonly host: string; readonly port: number } | undefined
  /** Every --name[=value], wherever it stands: what Chromium's command line would hold. */
  readonly switches: ReadonlyMap<string, string>
}

const nodeOnly = new Set(['inspect', 'inspect-brk', 'require'])

/** Reads the arguments after the executable. Options before the app are the binary's; the first other word is the app. */
export function parseArguments(args: readonly string[]): HostArguments {
  const preloads: string[] = []
  const switches = new Map<string, string>()
  let target: string | undefined
  let inspect: HostArguments['inspect']
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (target === undefined && (word === '-r' || word === '--require')) {
      preloads.push(args[++at] ?? '')
    } else if (word.startsWith('--')) {
      const [name, value] = splitSwitch(word)
      if (name === 'inspect-brk') throw new Error('electron-stand-in: --inspect-brk is not implemented')
      if (name === 'inspect') inspect = inspectAddress(value)
      if (!nodeOnly.has(name)) switches.set(name, value)
    } else if (target === undefined && !word.startsWith('-')) {
      target = word
    }
  }
  return { preloads, target: target ?? '.', inspect, switches }
}

function splitSwitch(word: string): [string, string] {
  const [, name = '', value = ''] = /^--([^=]*)=?(.*)$/s.exec(word) ?? []
  return [name, value]
}

function inspectAddress(value: string): { host: string; port: number } {
  const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(value) ?? []
  return { host: host ?? '127.0.0.1', port: port === undefined ? 9229 : Number(port) }
}
