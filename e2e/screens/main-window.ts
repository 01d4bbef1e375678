import type { Locator, Page } from '@playwright/test'
import type { Profile } from '../../src/contract/profile.ts'
import type { Lookup } from '../../src/domain/traffic.ts'

export type Outcome =
  | { readonly ok: true; readonly account: string }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly account: string | null }

/** The main screen. */
export class MainWindow {
  readonly page: Page
  readonly field: Locator
  readonly submit: Locator
  readonly result: Locator
  readonly failure: Locator
  readonly gate: Locator
  readonly ticket: Locator
  readonly copy: Locator
  readonly notices: Locator
  readonly savedAccounts: Locator
  readonly chart: Locator
  readonly readout: Locator
  readonly demoMark: Locator

  constructor(page: Page) {
    this.page = page
    this.field = page.getByRole('textbox', {
      name: /電話番号またはグループコード|Phone number or group code/,
    })
    this.submit = page.getByRole('search').getByRole('button', { name: /^(照会|Look up)$/ })
    // The one before stays dimmed while the next is awaited; inert, it is no part of the page for anybody.
    this.result = page.locator('article:not([inert] *)')
    this.failure = page.getByRole('main').locator('[role=alert]:not([inert] *)')
    this.gate = page.getByTestId('gate')
    this.ticket = page.getByTestId('ticket-text')
    this.copy = page.getByRole('button', { name: /^(コピー|Copy)$/ })
    this.notices = page.getByRole('log')
    this.savedAccounts = page.getByRole('navigation').getByRole('listitem')
    this.chart = page.getByRole('slider', { name: /グラフ|chart/ })
    this.readout = page.getByTestId('chart-readout')
    this.demoMark = page.getByRole('banner').getByText(/架空データ|Made-up figures/)
  }

  async lookUp(account: string): Promise<void> {
    await this.field.fill(account)
    await this.field.press('Enter')
  }

  /** Waits for the figures or the failure of what was asked last. */
  async outcome(): Promise<Outcome> {
    await this.result.or(this.failure).waitFor({ timeout: 120_000 })
    if (await this.result.isVisible()) {
      return { ok: true, account: (await this.result.getAttribute('data-account')) ?? '' }
    }
    return {
      ok: false,
      code: (await this.failure.getAttribute('data-code')) ?? '',
      message: await this.#message(),
      account: await this.failure.getAttribute('data-account'),
    }
  }

  async #message(): Promise<string> {
    const title = this.failure.getByRole('heading')
    const words = (await title.count()) > 0 ? title : this.failure
    return ((await words.textContent()) ?? '').trim()
  }

  /** The chart is its own chunk and comes after the figures, and after a note about the clock. */
  async chartDrawn(): Promise<void> {
    await this.chart.or(this.page.getByTestId('no-chart')).or(this.failure).first().waitFor()
  }

  async ticketText(): Promise<string> {
    return (await this.ticket.textContent()) ?? ''
  }

  /** The newest lookup of a line as the program stored it, and the profile it belongs to. Sends nothing. */
  async stored(account: string): Promise<{ readonly lookup: Lookup | undefined; readonly profile: Profile }> {
    return this.page.evaluate(async id => {
      const [history, state] = await Promise.all([
        window.bridge.history({ kind: 'line', id }, null),
        window.bridge.appState(),
      ])
      if (!history.ok || !state.ok || state.value.current === null)
        throw new Error('the store does not answer')
      return { lookup: history.value[0], profile: state.value.current.profile }
    }, account)
  }

  /** Every notice from now on, as the page said it. One is shown at a time, so an early one may be gone when a test looks. */
  async hearNotices(): Promise<() => Promise<readonly string[]>> {
    const heard = await this.notices.evaluateHandle(log => {
      const said: string[] = []
      new MutationObserver(() => said.push(log.textContent ?? '')).observe(log, {
        childList: true,
        subtree: true,
        characterData: true,
      })
      return said
    })
    return () => heard.jsonValue()
  }

  savedAccount(account: string): Locator {
    return this.savedAccounts.and(this.page.locator(`[data-account="${account}"]`))
  }

  /** What each bar says, oldest first, read with the arrow keys as a person without a mouse would. */
  async bars(): Promise<readonly string[]> {
    await this.chart.focus()
    const read: string[] = []
    for (;;) {
      await this.chart.press('ArrowLeft')
      const text = (await this.readout.textContent()) ?? ''
      if (text === read[0]) return read
      read.unshift(text)
    }
  }
}
