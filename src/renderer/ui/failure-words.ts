import type { TFunction } from 'i18next'
import type { FailureCode } from '../../domain/failure.ts'

/** What happened and why, as two sentences. */
export const failureWords = (t: TFunction, code: FailureCode): string =>
  t('failure.said', { title: t(`failures.${code}`), cause: t(`failure.${code}.cause`) })
