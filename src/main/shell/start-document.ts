import { FIRST_STATE } from '../../contract/first-state.ts'
import type { AppState } from '../../contract/state.ts'

/**
 * The page's document, in the language of the screen and with the state of the program in it: nothing has to be asked for
 * before the page can be drawn. Fonts, screen readers and offers to translate go by the language before a script has run.
 *
 * The state is data, which the Content Security Policy lets nobody run, and what the bridge would answer: no secret is in it.
 *
 * @param html as it was built; its first frame is drawn for a seat with a profile and both panes
 */
export function startDocument(html: string, state: AppState): string {
  const { language, current, settings } = state
  return html
    .replace(/<html lang="\w+">/, `<html lang="${language}">`)
    .replace(/(?<=<div id="root">).*(?=<\/div>\s*<(?:\/body|script))/s, frame =>
      current === null
        ? ''
        : frame
            .replace(/data-list="\w+"/, `data-list="${settings.listPane}"`)
            .replace(/data-pane="\w+"/, `data-pane="${settings.ticketPane}"`)
            .replace(/data-demo="\w+"/, `data-demo="${current.profile.carrier.kind === 'simulator'}"`),
    )
    .replace(
      '</body>',
      () => `<script id="${FIRST_STATE}" type="application/json">${dataOf(state)}</script></body>`,
    )
}

/** JSON in which nothing can end the element that it stands in. */
const dataOf = (state: AppState): string => JSON.stringify(state).replaceAll('<', '\\u003c')
