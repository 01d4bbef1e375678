import { expect, test } from './fixtures.ts'

/** Boxes of the frame, and what has them in the page. */
const parts = [
  '.app-top',
  '.app-left',
  '.app-right',
  '.recents-recents',
  '.saved-accounts-list',
  'search textarea',
  'search button',
]

for (const language of ['ja', 'en'] as const)
  test.describe(`the first frame, in ${language}`, () => {
    test.use({ language })

    test('stands where the page will, before a script has run', async ({ main, program: { page } }) => {
      const boxes = () => Promise.all(parts.map(part => page.locator(part).first().boundingBox()))
      await page.evaluate(() => window.bridge.changeSettings({ theme: 'dark' }))
      await expect(main.field).toBeFocused()
      const drawn = await boxes()
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      const dark = await background()

      const session = await page.context().newCDPSession(page)
      await session.send('Emulation.setScriptExecutionDisabled', { value: true })
      await page.reload()
      await expect(page.locator('.first-frame')).toBeVisible()
      await expect.poll(boxes).toEqual(drawn)
      expect(await background()).toBe(dark)
      await expect(page.locator('.first-frame span:visible', { hasText: /./ }).first()).toHaveAttribute(
        'lang',
        language,
      )
      // Nothing of it can be pressed or typed into: that would be lost when the page comes.
      await expect(page.locator('.first-frame')).toHaveAttribute('inert', '')

      await session.send('Emulation.setScriptExecutionDisabled', { value: false })
      await page.reload()
      await expect(main.field).toBeFocused()
      await expect(page.locator('.first-frame, #first-state')).toHaveCount(0)
    })
  })
