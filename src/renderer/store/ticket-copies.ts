import type { ClipboardContent } from '../../contract/bridge.ts'
import { formatAccount, maskAccount } from '../../domain/account.ts'
import type { Language } from '../../domain/language.ts'
import { carrierTimes } from '../../domain/traffic.ts'
import { customerMessage } from '../../ticket/customer-message.ts'
import { htmlWithChart } from '../../ticket/html.ts'
import { ticketWords } from '../../ticket/words.ts'
import { type State, saidOf, tellingOf, ticketChoice, ticketOf } from './ticket-of.ts'

/** How to draw a picture of the chart: in the ticket's language, not the screen's. */
export interface ChartPicture {
  readonly language: Language
  /** What stands above the bars, line by line. */
  readonly title: readonly string[]
}

/** What to say to the customer about what is shown. */
export function sentenceText(state: State): string | null {
  const { view, app, now } = state
  if (app.current === null) return null
  const { language, agent, settings } = app
  const { profile } = app.current
  const subject = saidOf(view, agent, language)
  const { days, kbBase } = profile
  return (
    subject &&
    customerMessage(subject, {
      language,
      days,
      kbBase,
      now,
      ...tellingOf(profile, settings.medium),
    })
  )
}

/** The ticket with the chart above it as rich text; null where there is no such ticket. */
export function withChart(state: State, png: string): Pick<ClipboardContent, 'text' | 'html'> | null {
  const ticket = ticketOf(state)
  const { chart } = ticketWords[ticketChoice(state).language]
  return ticket?.html ? { text: ticket.text, html: htmlWithChart(ticket.html, png, chart) } : null
}

/** How the chart is copied: titled with the account and the time; null where no figures are shown. */
export function pictureOf(state: State): ChartPicture | null {
  const { view, app } = state
  if (view.kind !== 'shown') return null
  const { language, masked } = ticketChoice(state)
  const words = ticketWords[language]
  const number = masked ? maskAccount(view.account) : formatAccount(view.account)
  const title = [words.chartTitle(number, words.asOf(carrierTimes(view.lookup)))]
  if (app.current?.profile.carrier.kind === 'simulator') title.push(words.demo)
  return { language, title }
}
