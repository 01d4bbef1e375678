import type { PolicyProblem, PolicySource } from '../../contract/policy.ts'
import { type PolicyKey, type PolicyValues, policyKeyNames, policyKeys } from './keys.ts'

/** What an administrator set on this computer. */
export interface Policy {
  /** Where it comes from; null where there is none. */
  readonly source: PolicySource | null
  readonly values: PolicyValues
  readonly problems: readonly PolicyProblem[]
  /** What decides who is asked and can't be read, so that nobody is; null stands for the policy as a whole. */
  readonly vital: readonly (string | null)[]
}

export const noPolicy: Policy = { source: null, values: {}, problems: [], vital: [] }

/** One place where a policy may be, as it was found there. */
export type FoundPolicy =
  | { readonly values: Readonly<Record<string, unknown>> }
  /** There is one, but it can't be read, or others than administrators could have written it. */
  | { readonly problem: 'unreadable' | 'untrusted' }

/**
 * Reads a policy, key by key.
 *
 * @param found the places in the order of their weight: what an earlier one says, a later one can't change
 */
export function readPolicy(source: PolicySource, found: readonly FoundPolicy[]): Policy {
  const problems: PolicyProblem[] = []
  const given: Record<string, unknown> = {}
  for (const place of found) {
    if ('problem' in place) problems.push({ key: null, why: place.problem })
    else for (const [name, value] of Object.entries(place.values)) given[namedAs(name)] ??= value
  }
  if (problems.length === 0 && Object.keys(given).length === 0) return noPolicy

  const values: Record<string, unknown> = {}
  for (const key of policyKeyNames) {
    if (given[key] === undefined || given[key] === null) continue
    const read = policyKeys[key].schema.safeParse(plain(key, given[key]))
    if (!read.success) problems.push({ key, why: 'invalid' })
    const value = read.success ? read.data : policyKeys[key].invalid
    if (value !== null) values[key] = value
  }
  for (const key of Object.keys(given)) if (!isKey(key)) problems.push({ key: shown(key), why: 'unknown' })
  return {
    source,
    values: values as PolicyValues,
    problems,
    vital: problems.flatMap(({ key, why }) =>
      key === null || (why === 'invalid' && isVital(key)) ? [key] : [],
    ),
  }
}

/** Windows knows no upper and lower case in names, so a name that differs in that alone is the same. */
const namedAs = (name: string): string =>
  policyKeyNames.find(key => key.toLowerCase() === name.toLowerCase()) ?? name

const isKey = (key: string): key is PolicyKey => Object.hasOwn(policyKeys, key)

const isVital = (key: string): boolean => isKey(key) && 'isVital' in policyKeys[key]

/** A name that nobody knows may hold anything. */
const shown = (key: string): string => (/^[A-Za-z]{1,40}$/.test(key) ? key : '?')

/** A value as the registry, a property list or JSON holds it, as one of the kind that its key has; itself where it is none. */
function plain(key: PolicyKey, value: unknown): unknown {
  switch (policyKeys[key].kind) {
    case 'flag':
      return value === 0 ? false : value === 1 ? true : value
    case 'list':
      return typeof value === 'string'
        ? linesOf(value)
        : Array.isArray(value)
          ? value.flatMap(linesOf)
          : value
    case 'json': {
      const text = typeof value === 'string' ? value : isTexts(value) ? value.join('\n') : null
      if (text === null) return value
      try {
        return JSON.parse(text)
      } catch {
        return undefined
      }
    }
    default:
      return value
  }
}

const linesOf = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .split(/[\r\n]+/)
        .map(line => line.trim())
        .filter(line => line !== '')
    : value

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every(each => typeof each === 'string')
