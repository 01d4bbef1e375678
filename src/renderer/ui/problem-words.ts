import type { TFunction } from 'i18next'
import type { Unclear } from '../../domain/read-accounts.ts'

/** Why a text is not one account, in words that say what is wrong with it. */
export function problemWords(t: TFunction, reading: Unclear): string {
  if (reading.found === 'several') return t('lookup.problem.SEVERAL')
  switch (reading.problem) {
    case 'TOO_SHORT':
    case 'TOO_LONG': {
      const { problem, digits, wanted } = reading
      return t(`lookup.problem.${problem}`, { digits, count: Math.abs(wanted - digits) })
    }
    default:
      return t(`lookup.problem.${reading.problem}`)
  }
}
