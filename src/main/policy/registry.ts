import type { HKEY } from 'native-reg'
import type { FoundPolicy } from './policy.ts'

const KEY = 'Software\\Policies\\Traffic Desk'

/** The calls of native-reg that are used. */
export type Registry = Pick<
  typeof import('native-reg'),
  'openKey' | 'closeKey' | 'enumValueNames' | 'queryValue' | 'HKEY' | 'Access'
>

/**
 * What group policy wrote for the computer, and then for the user. Windows lets only administrators write under `Policies`.
 * It is not read through reg.exe, whose code page breaks Japanese.
 */
export function registryPolicies({
  openKey,
  closeKey,
  enumValueNames,
  queryValue,
  HKEY: hives,
  Access,
}: Registry): readonly FoundPolicy[] {
  /** A value of a type that no policy has is not a number, which no key takes. */
  const readValue = (key: HKEY, name: string): unknown => {
    try {
      return queryValue(key, name)
    } catch {
      return Number.NaN
    }
  }

  return [hives.LOCAL_MACHINE, hives.CURRENT_USER].flatMap((hive): readonly FoundPolicy[] => {
    try {
      // The same place for every program, whatever its bits.
      const key = openKey(hive, KEY, Access.READ | Access.WOW64_64KEY)
      if (key === null) return []
      try {
        return [{ values: Object.fromEntries(enumValueNames(key).map(name => [name, readValue(key, name)])) }]
      } finally {
        closeKey(key)
      }
    } catch {
      return [{ problem: 'unreadable' }]
    }
  })
}
