import type { Credential, ProfileDraft } from '../../../contract/profile.ts'
import { bounds } from '../../../contract/profile-bounds.ts'
import { newProfile } from '../../../contract/profile-defaults.ts'
import { type ProxyAddressProblem, readProxyAddress } from '../../../contract/proxy-address.ts'
import { TEAM_HOST } from '../../../contract/team-host.ts'
import { type MessageState, messageStates } from '../../../ticket/customer-message.ts'
import { messageProblems } from '../../../ticket/template-language.ts'

/** What the form for a new profile starts from. */
export const blankProfile: ProfileDraft = newProfile({ name: '', carrier: { kind: 'host', origin: '' } })

const bodies = ['json', 'form', 'multipart'] as const

export const limitMb = { min: 0.1, max: 900_000 } as const

/** The fields of the profile's form that can be wrong. */
export type FieldName =
  | 'name'
  | 'origin'
  | 'oemId'
  | 'renewAfterMinutes'
  | 'signInsPerHour'
  | 'limitMb'
  | 'threeDayMb'
  | `message.${MessageState}`
  | 'deadlineSeconds'
  | 'cooldownSeconds'
  | 'budgetPerHour'
  | 'proxyUrl'
  | 'teamHost'
  | 'teamPort'
  | 'teamDatabase'
  | 'teamUser'
  | 'teamCaFile'
  | 'caFile'

/** What is wrong with one field; a bound is said with its numbers. */
export type FieldProblem =
  | {
      readonly kind: 'REQUIRED' | 'ORIGIN' | 'ORIGIN_LOGIN' | 'OEM_ID' | 'CA_FILE' | 'TEMPLATE' | 'HOST_NAME'
    }
  | { readonly kind: 'PROXY'; readonly problem: Exclude<ProxyAddressProblem, 'REQUIRED'> }
  | { readonly kind: 'RANGE' | 'WHOLE_RANGE'; readonly min: number; readonly max: number }

export type FieldProblems = Partial<Readonly<Record<FieldName, FieldProblem>>>

/**
 * Applies a form's fields to `initial`, and says what is wrong with them; a wrong field leaves its part of the draft
 * as it was. The main process checks it again.
 */
export function draftOf(
  initial: ProfileDraft,
  form: FormData,
): { readonly draft: ProfileDraft; readonly problems: FieldProblems } {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const isDemo = initial.carrier.kind === 'simulator'
  const kbBase = text('kbBase') === '1000' ? 1000 : 1024
  const problems: { -readonly [F in FieldName]?: FieldProblem } = {}

  const number = (
    name: FieldName,
    { min, max }: { readonly min: number; readonly max: number },
    { isWhole = true, isOptional = false } = {},
  ): number | null => {
    if (text(name) === '' && isOptional) return null
    // Accept full-width digits.
    const typed = text(name).normalize('NFKC')
    const value = Number(typed)
    const isRight = typed !== '' && value >= min && value <= max && (!isWhole || Number.isInteger(value))
    if (!isRight) problems[name] = { kind: isWhole ? 'WHOLE_RANGE' : 'RANGE', min, max }
    return value
  }

  if (text('name') === '') problems.name = { kind: 'REQUIRED' }
  const origin = isDemo ? null : readOrigin(text('origin'))
  if (origin !== null && 'kind' in origin) problems.origin = origin
  const credential = (): Credential => {
    if (!form.has('credential')) return initial.credential
    if (text('credential') !== 'oem') return { kind: 'manual' }
    const oemId = text('oemId').normalize('NFKC')
    if (oemId === '') problems.oemId = { kind: 'REQUIRED' }
    else if (!/^[\x21-\x7e]{1,128}$/.test(oemId)) problems.oemId = { kind: 'OEM_ID' }
    const renewAfterMinutes = number('renewAfterMinutes', bounds.renewAfterMinutes, { isOptional: true })
    const signInsPerHour =
      number('signInsPerHour', bounds.signInsPerHour, { isOptional: true }) ?? bounds.signInsPerHour.default
    // Keys that are renewed more often than the hour allows would stop every lookup in the end.
    const least = renewAfterMinutes === null ? 0 : Math.ceil(60 / renewAfterMinutes)
    if (signInsPerHour < least)
      problems.signInsPerHour ??= { kind: 'WHOLE_RANGE', min: least, max: bounds.signInsPerHour.max }
    return { kind: 'oem', oemId, renewAfterMinutes, signInsPerHour }
  }

  const asksWith = credential()
  const limit = number('limitMb', limitMb, { isWhole: false, isOptional: true })
  const threeDays = number('threeDayMb', limitMb, { isWhole: false, isOptional: true })
  const messages: { -readonly [S in MessageState]?: string } = {}
  for (const state of messageStates) {
    const words = text(`message.${state}`)
    const isWrong = messageProblems(words).length > 0
    if (isWrong) problems[`message.${state}`] = { kind: 'TEMPLATE' }
    const kept = isWrong ? initial.messages[state] : words
    if (kept) messages[state] = kept
  }
  const deadlineSeconds = number('deadlineSeconds', bounds.deadlineSeconds) ?? 0
  const cooldown = { ...bounds.cooldownSeconds, min: isDemo ? 0 : bounds.cooldownSeconds.min }
  const cooldownSeconds = number('cooldownSeconds', cooldown) ?? 0
  const budgetPerHour = number('budgetPerHour', bounds.budgetPerHour, { isOptional: isDemo })
  const proxy = form.has('proxy') ? readProxy(text('proxy'), text('proxyUrl')) : initial.proxy
  if ('problem' in proxy) {
    problems.proxyUrl =
      proxy.problem === 'REQUIRED' ? { kind: 'REQUIRED' } : { kind: 'PROXY', problem: proxy.problem }
  }

  const team = (): ProfileDraft['team'] => {
    if (!form.has('team')) return isDemo || form.has('body') ? null : initial.team
    const port = number('teamPort', { min: 1, max: 65_535 }) ?? 0
    const typed = {
      host: text('teamHost').normalize('NFKC'),
      port,
      database: text('teamDatabase'),
      user: text('teamUser'),
      caFile: text('teamCaFile') || null,
    }
    if (typed.host === '') problems.teamHost = { kind: 'REQUIRED' }
    else if (!TEAM_HOST.test(typed.host)) problems.teamHost = { kind: 'HOST_NAME' }
    if (typed.database === '') problems.teamDatabase = { kind: 'REQUIRED' }
    if (typed.user === '') problems.teamUser = { kind: 'REQUIRED' }
    return typed
  }
  const asTeam = team()
  const isRightTeam = !problems.teamHost && !problems.teamPort && !problems.teamDatabase && !problems.teamUser

  /** What was typed, or what stood there before where that is wrong. */
  const right = <T>(name: FieldName, typed: T, before: T): T => (problems[name] ? before : typed)
  const isRightCredential = !problems.oemId && !problems.renewAfterMinutes && !problems.signInsPerHour
  return {
    problems,
    draft: {
      ...initial,
      name: right('name', text('name'), initial.name),
      carrier:
        origin !== null && 'origin' in origin ? { kind: 'host', origin: origin.origin } : initial.carrier,
      credential: isRightCredential ? asksWith : initial.credential,
      body: bodies.find(body => body === text('body')) ?? 'json',
      days: {
        order: text('order') === 'oldest-first' ? 'oldest-first' : 'newest-first',
        includesToday: form.has('includesToday'),
      },
      kbBase,
      limitKb: right('limitMb', limit === null ? null : Math.round(limit * kbBase), initial.limitKb),
      threeDayLimit: right(
        'threeDayMb',
        threeDays === null
          ? null
          : { kb: Math.round(threeDays * kbBase), withToday: form.has('threeDayWithToday') },
        initial.threeDayLimit,
      ),
      liftedWhen: text('liftedWhen'),
      messages,
      deadlineSeconds: right('deadlineSeconds', deadlineSeconds, initial.deadlineSeconds),
      cooldownSeconds: right('cooldownSeconds', cooldownSeconds, initial.cooldownSeconds),
      budgetPerHour: right('budgetPerHour', budgetPerHour, initial.budgetPerHour),
      proxy: 'problem' in proxy ? initial.proxy : proxy,
      caFile: form.has('caFile') ? text('caFile') || null : initial.caFile,
      team: isRightTeam ? asTeam : initial.team,
    },
  }
}

/**
 * Keeps only the origin, because people paste the API's whole URL. A login in it would be lost, so it is
 * refused.
 */
function readOrigin(text: string): { readonly origin: string } | FieldProblem {
  if (text === '') return { kind: 'REQUIRED' }
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return { kind: 'ORIGIN' }
  return url.username !== '' || url.password !== '' ? { kind: 'ORIGIN_LOGIN' } : { origin: url.origin }
}

function readProxy(
  kind: string,
  text: string,
): ProfileDraft['proxy'] | { readonly problem: ProxyAddressProblem } {
  if (kind !== 'manual') return kind === 'none' ? { kind } : { kind: 'system' }
  const read = readProxyAddress(text)
  return 'origin' in read ? { kind, url: read.origin } : read
}
