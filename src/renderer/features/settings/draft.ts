import { newProfile } from '../../../shared/profile-defaults.ts'
import type { ProfileDraft } from '../../../shared/settings.ts'

/** What the form for a new profile starts from. */
export const blankProfile: ProfileDraft = newProfile({ name: '', carrier: { kind: 'host', origin: '' } })

/** The profile a form's fields make of `initial`. What the form can't say right is refused by the main process. */
export function draftOf(initial: ProfileDraft, form: FormData): ProfileDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const budget = text('budgetPerHour')
  const limit = text('limitMb')
  const kbBase = text('kbBase') === '1000' ? 1000 : 1024
  return {
    ...initial,
    name: text('name'),
    carrier:
      initial.carrier.kind === 'simulator'
        ? initial.carrier
        : { kind: 'host', origin: originOf(text('origin')) },
    body: text('body') === 'form' ? 'form' : 'json',
    days: {
      order: text('order') === 'oldest-first' ? 'oldest-first' : 'newest-first',
      includesToday: form.has('includesToday'),
    },
    kbBase,
    limitKb: limit === '' ? null : Math.round(Number(limit) * kbBase),
    deadlineSeconds: Number(text('deadlineSeconds')),
    cooldownSeconds: Number(text('cooldownSeconds')),
    budgetPerHour: budget === '' ? null : Number(budget),
    proxy: form.has('proxy') ? proxyOf(text('proxy'), text('proxyUrl')) : initial.proxy,
    caFile: form.has('caFile') ? text('caFile') || null : initial.caFile,
  }
}

/** People paste the whole URL of the API; only its origin is meant. */
function originOf(text: string): string {
  const url = URL.parse(text)
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.origin : text
}

function proxyOf(kind: string, url: string): ProfileDraft['proxy'] {
  if (kind === 'manual') return { kind, url: originOf(url) }
  return kind === 'none' ? { kind } : { kind: 'system' }
}
