import { readTicketWriter } from './store/ticket.ts'
import { later, readAhead } from './ui/later.tsx'

/** What is not needed for the first frame, each in a file of its own. */
export const Result = later(() => import('./result.tsx'))
export const TicketPreview = later(() => import('./features/ticket/ticket-preview.tsx'))
export const CopyTicket = later(() => import('./features/ticket/copy-ticket.tsx'))
export const FirstRun = later(() => import('./features/settings/first-run.tsx'))
export const Palette = later(() => import('./features/palette/palette.tsx'))
export const ShortcutSheet = later(() => import('./features/palette/shortcut-sheet.tsx'))
export const SettingsSheet = later(() => import('./features/settings/settings-sheet.tsx'))
export const LineEditor = later(() => import('./features/saved-accounts/line-editor.tsx'))
export const TemplateSheet = later(() => import('./features/ticket/template-sheet.tsx'))
export const ImportSheet = later(() => import('./features/saved-accounts/import-sheet.tsx'))
export const GuideSheet = later(() => import('./features/guide/guide-sheet.tsx'))
export const DoctorSheet = later(() => import('./features/support/doctor-sheet.tsx'))
export const SetupSheet = later(() => import('./features/settings/setup-sheet.tsx'))
/** With its word lists it is larger than all the others together, and opened once in a program's life. */
export const MakeSetupSheet = later(() => import('./features/settings/make-setup-sheet.tsx'))

const ticketWriter = { load: async () => void (await readTicketWriter()) }
const chart = {
  load: () => import('./features/result/days.tsx').then(({ UsageChart }) => UsageChart.load()),
}

/** Reads the parts when the page is idle, those first that a lookup needs: no act then waits for a file. */
export const readPartsAhead = (): void =>
  readAhead([
    Result,
    ticketWriter,
    TicketPreview,
    CopyTicket,
    chart,
    Palette,
    SettingsSheet,
    LineEditor,
    ShortcutSheet,
    TemplateSheet,
    GuideSheet,
    ImportSheet,
    DoctorSheet,
    SetupSheet,
  ])
