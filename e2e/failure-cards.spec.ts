import { failureCodes } from '../src/domain/failure.ts'
import { words as shared } from '../src/domain/words/words.ts'
import en from '../src/renderer/i18n/en.json' with { type: 'json' }
import ja from '../src/renderer/i18n/ja.json' with { type: 'json' }
import { failEveryLookup } from './failures.ts'
import { expect, test } from './fixtures.ts'
import { prepare } from './scenes.ts'

// What was called off has no card: the result from before is back.
const cards = failureCodes.filter(code => code !== 'CANCELLED')

/** As on a system whose place for keys has no name of its own. */
const filled = (text: string) =>
  text
    .replace('{{keychain.ja}}', 'キーチェーン')
    .replace('{{keychain.en}}', 'the keychain')
    .replace('{{keychain.En}}', 'The keychain')

for (const [language, words] of [
  ['ja', ja],
  ['en', en],
] as const) {
  test(`every failure code has a card in ${language}: title, cause, what to do, and one action`, async ({
    ownMain: main,
    ownProgram: { app, page },
    carrier,
  }) => {
    test.setTimeout(120_000)
    await prepare(page, 'light', language)
    for (const code of cards) {
      await failEveryLookup(app, code)
      await main.lookUp('090-1234-5678')
      await expect(main.failure).toHaveAttribute('data-code', code)
      const { cause, remedy, action } = words.failure[code]
      await expect(main.failure.getByRole('heading')).toHaveText(filled(shared[language].failures[code]))
      await expect(main.failure).toContainText(filled(cause))
      await expect(main.failure).toContainText(filled(remedy))
      await expect(main.failure.getByRole('button').first()).toHaveText(action)
      await expect(main.failure.locator('b')).toHaveCount(0) // the carrier's markup is text
    }
    expect(carrier.requests).toHaveLength(0)
  })
}
