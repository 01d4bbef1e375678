import { failureCodes } from '../src/domain/failure.ts'
import { words as shared } from '../src/domain/words/words.ts'
import en from '../src/renderer/i18n/en.json' with { type: 'json' }
import ja from '../src/renderer/i18n/ja.json' with { type: 'json' }
import { failEveryLookup } from './failures.ts'
import { expect, test } from './fixtures.ts'
import { furnish } from './scenes.ts'

for (const [language, words] of [
  ['ja', ja],
  ['en', en],
] as const) {
  test(`every failure code has a card in ${language}: title, cause, what to do, and one action`, async ({
    desk,
    program: { app, page },
    carrier,
  }) => {
    test.setTimeout(120_000)
    await furnish(page, 'light', language)
    for (const code of failureCodes) {
      await failEveryLookup(app, code)
      await desk.lookUp('090-1234-5678')
      await expect(desk.failure).toHaveAttribute('data-code', code)
      const { cause, mender, action } = words.failure[code]
      await expect(desk.failure.getByRole('heading')).toHaveText(shared[language].failures[code])
      await expect(desk.failure).toContainText(cause)
      await expect(desk.failure).toContainText(mender)
      await expect(desk.failure.getByRole('button')).toHaveText(action)
      await expect(desk.failure.locator('b')).toHaveCount(0) // the carrier's markup is text
    }
    expect(carrier.requests).toHaveLength(0)
  })
}
