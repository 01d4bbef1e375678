import Mustache from 'mustache'

/** Characters of an agent's own template. */
export const LONGEST_TEMPLATE = 5_000

/** The placeholders of a template: `{{number}}`. Each also works as a condition: `{{#label}}…{{/label}}`. */
export const placeholders = [
  'number',
  'maskedNumber',
  'kind',
  'label',
  'note',
  'state',
  'today',
  'day',
  'asOf',
  'sumWithToday',
  'sumWithoutToday',
  'total',
  'average',
  'peak',
  'days',
  'askedAt',
  'agent',
  'resultCode',
  'carrierMessage',
  'rawReply',
  'failure',
  'message',
  'dayLimit',
  'threeDayLimit',
  'liftedWhen',
] as const

/**
 * Names that work only as conditions: `{{#group}}…{{/group}}` prints if it holds, `{{^group}}…{{/group}}` if
 * not.
 */
export const conditions = [
  'answered',
  'failed',
  'line',
  'group',
  'blacklisted',
  'unknownState',
  'hasDays',
  'ofToday',
  'overDayLimit',
  'overThreeDayLimit',
] as const

export type Placeholder = (typeof placeholders)[number]
export type Condition = (typeof conditions)[number]

/** Why a template can't be used. `name` is as the agent wrote it. */
export type TemplateProblem =
  | { readonly kind: 'unknown' | 'unsupported'; readonly name: string }
  /** A section that is not closed, or closed before it is opened. */
  | { readonly kind: 'broken' }

/** Everything wrong with a template; empty where it can be used. */
export function templateProblems(text: string): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = []
  let tokens: unknown
  try {
    tokens = Mustache.parse(withoutMarks(text))
  } catch {
    return [{ kind: 'broken' }]
  }
  for (const { type, name } of tags(tokens)) {
    if (type === 'name' && !(placeholders as readonly string[]).includes(name))
      problems.push({ kind: 'unknown', name })
    else if ((type === '#' || type === '^') && !known.has(name)) problems.push({ kind: 'unknown', name })
    // Unescaped values, partials and other delimiters would get around the escaping.
    else if (!['name', '#', '^', 'text', '!'].includes(type)) problems.push({ kind: 'unsupported', name })
  }
  return problems
}

/** The same for an operator's message to the customer, which can't hold itself. */
export const messageProblems = (text: string): readonly TemplateProblem[] => [
  ...templateProblems(text),
  ...(mentions(text, 'message') ? [{ kind: 'unknown', name: 'message' } as const] : []),
]

/**
 * Whether a template uses a placeholder or condition, so that the caller knows whether to read its value
 * first.
 */
export function mentions(text: string, name: Placeholder | Condition): boolean {
  try {
    return [...tags(Mustache.parse(withoutMarks(text)))].some(
      tag => ['name', '#', '^'].includes(tag.type) && tag.name === name,
    )
  } catch {
    return false
  }
}

const known: ReadonlySet<string> = new Set<string>([...placeholders, ...conditions])

function* tags(tokens: unknown): Generator<{ readonly type: string; readonly name: string }> {
  if (!Array.isArray(tokens)) return
  for (const token of tokens as readonly unknown[]) {
    const [type, name, , , inner] = token as readonly [string, string, number, number, unknown?]
    yield { type, name }
    yield* tags(inner)
  }
}

/** The noncharacters that stand for filled-in values are no part of a template. */
export const withoutMarks = (template: string): string => template.replace(/[\ufdd0-\ufdef]/g, '')
