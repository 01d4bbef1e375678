import type { Profile, ProfileChange, ProfileDraft } from '../../../contract/profile.ts'
import type { draftOf } from './draft.ts'

/** The fields that are saved while they are typed: those of a draft that differ from the profile as it is. */
export function changeOf(profile: Profile, draft: ProfileDraft): ProfileChange {
  const { name, body, days, kbBase, limitKb, threeDayLimit, liftedWhen, messages } = draft
  const { deadlineSeconds, cooldownSeconds, budgetPerHour } = draft
  const savedAsTyped: Required<ProfileChange> = {
    ...{ name, body, days, kbBase, limitKb, threeDayLimit, liftedWhen, messages },
    ...{ deadlineSeconds, cooldownSeconds, budgetPerHour },
  }
  return Object.fromEntries(
    Object.entries(savedAsTyped).filter(
      ([field, value]) => !isSame(value, profile[field as keyof ProfileChange]),
    ),
  )
}

/** Whether somebody typed another host, key, proxy or certificate, right or wrong: that waits for the button. */
export const isAnotherWay = (profile: Profile, { draft, problems }: ReturnType<typeof draftOf>): boolean =>
  (['carrier', 'credential', 'proxy', 'caFile', 'team'] as const).some(
    field => !isSame(draft[field], profile[field]),
  ) ||
  (
    [
      'origin',
      'oemId',
      'renewAfterMinutes',
      'signInsPerHour',
      'proxyUrl',
      'teamHost',
      'teamPort',
      'teamDatabase',
      'teamUser',
    ] as const
  ).some(field => problems[field] !== undefined)

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
