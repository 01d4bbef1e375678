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
  async setUpOperator({ name, host }: { readonly name: string; readonly host: string }): Promise<void> {
    await this.#page.getByRole('button', { name: /事業者を設定する|Set up your operator/ }).click()
    await this.#page.getByLabel(/^(名称|Name)$/).fill(name)
    await this.#page.getByLabel(/^(接続先|Host)$/).fill(host)
    await this.#page.getByRole('button', { name: /^(保存|Save)$/ }).click()
  }
}
