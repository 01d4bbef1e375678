import type { Page } from '@playwright/test'

/** What a new agent sees first. */
export class FirstRun {
  readonly #page: Page
  constructor(page: Page) {
    this.#page = page
  }

  get demo() {
    return this.#page.getByRole('button', { name: /デモを試す|Try the demo/ })
  }

  /** Makes the first profile; ends with the settings open at the key. */
  async setUpOperator({
    name,
    host,
    oemId = null,
  }: {
    readonly name: string
    readonly host: string
    /** With it the program signs in by itself. */
    readonly oemId?: string | null
  }): Promise<void> {
    await this.#page.getByRole('button', { name: /接続先を設定する|Set up a connection/ }).click()
    await this.#page.getByLabel(/^(名称|Name)$/).fill(name)
    await this.#page.getByLabel(/^(接続先|Host)$/).fill(host)
    if (oemId !== null) {
      await this.#page.getByRole('radio', { name: /^(OEM ID と OEMキー|OEM ID and OEM key)/ }).check()
      await this.#page.getByLabel('OEM ID', { exact: true }).fill(oemId)
    }
    await this.#page.getByRole('button', { name: /^(保存|Save)$/ }).click()
  }
}
