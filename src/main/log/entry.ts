import * as z from 'zod'
import { type Account, maskAccount } from '../../domain/account.ts'
import { failureCodes } from '../../domain/failure.ts'

/** What is worth a line in the log. */
export type LogEvent =
  | 'started'
  | 'start-refused'
  | 'policy'
  | 'lookup'
  | 'call-failed'
  | 'store-damaged'
  | 'backup-failed'
  | 'authorities'
  | 'keychain-module'
  | 'page-gone'
  | 'page-hangs'
  | 'uncaught'

/** The fields that a log line may have; nothing else is ever written. */
export interface LogFields {
  readonly version?: string
  readonly platform?: string
  readonly store?: string
  readonly code?: string
  /** Written masked. */
  readonly account?: Account
  readonly durationMs?: number
  readonly count?: number
  readonly reason?: string
  /** Where the keychain's module was loaded from. */
  readonly place?: string
  readonly switch?: string
  /** Where the administrator's settings come from, and which of them are wrong. */
  readonly source?: string | null
  readonly problems?: readonly { readonly key: string | null; readonly why: string }[]
  /** Its kind, its code and where it came from; never its words. */
  readonly error?: unknown
}

const word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/)

/** One rule a field; a value that does not keep to its rule is left out. */
const rules = {
  version: z.string().regex(/^\d+\.\d+\.\d+[A-Za-z0-9.-]{0,20}$/),
  platform: z.enum(['win32', 'darwin', 'linux']),
  store: z.enum(['ok', 'restored', 'reset', 'read-only', 'in-memory']),
  code: z.enum(['OK', ...failureCodes]),
  durationMs: z.number().nonnegative().transform(Math.round),
  count: z.number().int().nonnegative(),
  reason: z.enum([
    'clean-exit',
    'abnormal-exit',
    'killed',
    'crashed',
    'oom',
    'launch-failed',
    'integrity-failure',
    'memory-eviction',
  ]),
  place: z.enum(['unpacked', 'packed', 'folder']),
  switch: word,
  source: z.enum(['registry', 'managed-preferences', 'file']),
  // A name that an administrator mistyped is one of letters; anything else could be a number.
  problems: z
    .array(
      z.object({
        key: z
          .string()
          .regex(/^[A-Za-z]{1,40}$/)
          .nullable()
          .catch('?'),
        why: word,
      }),
    )
    .max(50),
} as const

/**
 * One line of the log: the time (UTC), the event and the allowed fields. Phone numbers are masked. The texts
 * of an error and its causes are left out, because they may contain a number, a path or a key. A value that
 * breaks its field's rule is left out too.
 */
export function logLine(at: number, event: LogEvent, { account, error, ...fields }: LogFields = {}): string {
  const entry: Record<string, unknown> = { at: new Date(at).toISOString(), event }
  for (const [name, rule] of Object.entries(rules)) {
    const value = rule.safeParse(fields[name as keyof typeof fields])
    if (value.success) entry[name] = value.data
  }
  if (account !== undefined) entry['account'] = maskAccount(account)
  if (error !== undefined) entry['error'] = describeError(error)
  return JSON.stringify(entry)
}

// Names that Node, undici and SQLite give; anything else could be a group's code or a key.
const KIND = /^(?:[A-Z][a-z]+){0,4}Error$/
const CODE = /^(?:E[A-Z]{2,15}|(?:ERR|UND_ERR|SQLITE)_[A-Z_]{2,40})$/

const MOST_CAUSES = 3
const MOST_FRAMES = 6

/** What may be known of an error: names that programs give, and places in our own files. */
export function describeError(error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  try {
    if (!(error instanceof Error)) return { kind: typeof error }
    const { name, code, cause, stack } = error as Error & { readonly code?: unknown }
    return {
      kind: KIND.test(name) ? name : 'Error',
      ...(typeof code === 'string' && CODE.test(code) && { code }),
      ...(typeof stack === 'string' && { at: framesOf(stack) }),
      ...(cause !== undefined && depth < MOST_CAUSES && { cause: describeError(cause, depth + 1) }),
    }
  } catch {
    // An error whose parts can't be read is still one.
    return { kind: 'unreadable' }
  }
}

/** `file:line:column` of each frame: no folder, which may name the user, and nothing of the message above them. */
const framesOf = (stack: string): readonly string[] =>
  stack
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .flatMap(
      line =>
        /[/\\]((?:index|main|preload|carrier-simulator)[\w.-]{0,40}\.(?:c?js|ts):\d+:\d+)\)?$/.exec(
          line,
        )?.[1] ?? [],
    )
    .slice(0, MOST_FRAMES)
