import { expect, type Locator, type Page } from '@playwright/test'

/** The settings sheet. */
export class Settings {
  readonly #page: Page
  readonly sheet: Locator
  readonly keyStatus: Locator
  readonly keyField: Locator
  constructor(page: Page) {
    this.#page = page
    this.sheet = page.getByRole('dialog')
    this.keyStatus = this.sheet.getByTestId('key-status')
    this.keyField = this.sheet.getByLabel(/^(認証キー \(authKey\)|authKey|OEMキー|OEM key)$/)
  }

  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: /^(設定|Settings)$/ }).click()
  }

  /** Types a key, saves it, and waits until the screen says when it was saved. */
  async saveAuthKey(authKey: string): Promise<void> {
    await this.keyField.fill(authKey)
    await this.sheet
      .getByRole('button', { name: /キーを(保存|更新)|(Save|Replace) the (authKey|OEM key)/ })
      .click()
    // The field is empty once the key is kept; an older one was said to be kept before.
    await expect(this.keyField).toHaveValue('')
    await this.keyStatus.filter({ hasText: /保存済み|saved on/ }).waitFor()
  }

  async deleteAuthKey(): Promise<void> {
    await this.sheet.getByRole('button', { name: /キーを削除|Delete the (authKey|OEM key)/ }).click()
    await this.sheet.getByRole('button', { name: /^(本当に削除する|Delete it)$/ }).click()
    await this.keyStatus.filter({ hasText: /保存されていません|none saved/ }).waitFor()
  }

  get signedInAt(): Locator {
    return this.sheet.getByTestId('signed-in-at')
  }

  async signInNow(): Promise<void> {
    await this.sheet.getByRole('button', { name: /今すぐサインイン|Sign in now/ }).click()
  }

  async chooseLanguage(language: 'ja' | 'en'): Promise<void> {
    await this.sheet.getByLabel(/^(表示言語|Language)$/).selectOption(language)
    await this.sheet
      .getByRole('heading', { name: language === 'ja' ? '設定' : 'Settings', exact: true })
      .waitFor()
  }

  async close(): Promise<void> {
    await this.sheet.getByRole('button', { name: /^(閉じる|Close)$/ }).click()
  }
}
