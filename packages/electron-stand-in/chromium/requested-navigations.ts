import type { CdpSession } from './cdp.ts'
import { fromChromium } from './scheme-url.ts'

const withoutHash = (url: string) => url.replace(/#.*$/s, '')

/** Tells the navigations that a page asked for from those that the app, or a test through Playwright, ordered. */
export class RequestedNavigations {
  readonly #urls = new Map<string, string>()

  /** Call before Page.enable. */
  watch(session: CdpSession): void {
    session.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      this.#urls.set(frameId, withoutHash(fromChromium(url)))
    })
    session.on('Page.frameStoppedLoading', ({ frameId }) => this.#urls.delete(frameId))
  }

  /**
   * Whether the page itself asked to navigate the frame to `url`; asks once per navigation. The renderer's report comes on
   * the same channel as its request, and before it, so there is nothing to wait for.
   */
  take(frameId: string, url: string): boolean {
    return this.#urls.get(frameId) === withoutHash(url) && this.#urls.delete(frameId)
  }
}
