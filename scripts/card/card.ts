import { type Command, type CommandInfo, commands, shortcutText } from '../../src/contract/commands.ts'
import type { Language } from '../../src/domain/language.ts'
import { words } from '../../src/domain/words/words.ts'

/** A page to print and to lay beside the keyboard: what to do in a call, and the keys for it. */

interface CardWords {
  readonly lead: string
  readonly steps: readonly (readonly [title: string, text: string])[]
  readonly keys: string
  readonly system: string
  readonly help: string
}

const said: Readonly<Record<Language, CardWords>> = {
  ja: {
    lead: '通話中の照会',
    steps: [
      ['貼り付ける', '番号を入力欄に貼り付けて Enter。どの書き方でも読み取ります。'],
      [
        '読む',
        '本日の通信量、直近の推移、規制中かどうか。赤いカードが出たら、書かれている対応を1つ行います。',
      ],
      ['伝える', '「お客様への案内文をコピー」の文を読み上げるか、メールに貼り付けます。'],
      ['残す', '「チケット用にコピー」して、チケットに貼り付けます。'],
    ],
    keys: 'キー',
    system: 'Windows / macOS',
    help: '困ったときは F1（macOS は ⌘?）。接続できないときは「接続を診断」。',
  },
  en: {
    lead: 'A lookup during a call',
    steps: [
      ['Paste', 'Paste the number into the field and press Enter. Any spelling is read.'],
      [
        'Read',
        'Today’s traffic, the recent days, restricted or not. Where a red card comes, do the one thing it says.',
      ],
      ['Say', 'Read out “Copy what to say”, or paste it into a mail.'],
      ['Keep', '“Copy for the ticket”, and paste it there.'],
    ],
    keys: 'Keys',
    system: 'Windows / macOS',
    help: 'For help press F1 (⌘? on macOS). Where nothing can be reached, “Diagnose the connection”.',
  },
}

const shown: readonly Command[] = [
  'focus-lookup',
  'look-up-again',
  'copy-ticket',
  'copy-sentence',
  'star',
  'find-line',
  'hide-numbers',
  'palette',
  'guide',
]

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, mark => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[mark] ?? mark)

export function card(language: Language): string {
  const { lead, steps, keys, system, help } = said[language]
  const rows = shown.flatMap(id => {
    const { shortcut }: CommandInfo = commands[id]
    if (shortcut === null) return []
    const [windows, mac] = [shortcutText(shortcut, 'win32'), shortcutText(shortcut, 'darwin')]
    return `      <tr><td>${escaped(words[language].commands[id])}</td><td><kbd>${windows}</kbd></td><td><kbd>${mac}</kbd></td></tr>`
  })
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <title>Traffic Desk: ${escaped(lead)}</title>
    <style>
      @page { size: A4; margin: 16mm; }
      body { max-width: 178mm; margin: 0 auto; color: #16181c; font: 12pt/1.6 system-ui, "Noto Sans JP", sans-serif; }
      h1 { margin: 0 0 6mm; font-size: 22pt; }
      ol { margin: 0; padding: 0; list-style: none; counter-reset: step; }
      ol li { display: grid; grid-template-columns: 14mm 1fr; margin-bottom: 4mm; counter-increment: step; }
      ol li::before { content: counter(step); color: #2f6fe4; font-size: 20pt; font-weight: 700; line-height: 1.2; }
      strong { display: block; font-size: 13pt; }
      h2 { margin: 8mm 0 2mm; font-size: 14pt; }
      table { width: 100%; border-collapse: collapse; }
      td { padding: 1.5mm 0; border-top: 0.3mm solid #c9ced6; }
      td + td { width: 38mm; }
      kbd { font: inherit; font-weight: 600; }
      footer { margin-top: 8mm; padding-top: 3mm; border-top: 0.6mm solid #2f6fe4; }
    </style>
  </head>
  <body>
    <h1>Traffic Desk — ${escaped(lead)}</h1>
    <ol>
${steps.map(([title, text]) => `      <li><span><strong>${escaped(title)}</strong>${escaped(text)}</span></li>`).join('\n')}
    </ol>
    <h2>${escaped(keys)} <small>(${escaped(system)})</small></h2>
    <table>
${rows.join('\n')}
    </table>
    <footer>${escaped(help)}</footer>
  </body>
</html>
`
}

export const cardFiles = (): Readonly<Record<string, string>> => ({
  'docs/card.ja.html': card('ja'),
  'docs/card.en.html': card('en'),
})
