import { lineTextSchema } from '../../contract/bridge.ts'
import { parseAccount } from '../../domain/account.ts'
import { type LineDraft, MOST_IMPORTED } from '../../domain/saved-line.ts'

/** Reads the lines of an import, JSON as the contract says; null where it is not that, or one account is none. */
export function readImportedLines(json: string): readonly LineDraft[] | null {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  const texts = lineTextSchema().array().max(MOST_IMPORTED).safeParse(value).data
  const lines = texts?.map(({ account: code, ...words }) => {
    const account = parseAccount(code)
    return account && { account, ...words }
  })
  return lines?.every(line => line !== null) ? lines : null
}
