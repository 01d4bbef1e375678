import type { ElectronApplication } from '@playwright/test'

/** The forms that the program writes; a system adds its own beside them. */
const FORMS = ['text/plain', 'text/html', 'image/png'] as const

/**
 * What is on the clipboard, each form as text; a picture as base64. Without what a system changes in it: Windows has CR LF,
 * and macOS puts a `meta` element before HTML.
 */
export async function clipboardOf(app: ElectronApplication): Promise<readonly Record<string, string>[]> {
  const items = await app.evaluate(async ({ clipboard }, forms) => {
    const read = await clipboard.read()
    return Promise.all(
      read.map(async item => {
        const held = forms.filter(form => item.types.includes(form))
        return Promise.all(
          held.map(async type => {
            const blob = (await item.getType(type)) as Blob
            const bytes = Buffer.from(await blob.arrayBuffer())
            return [type, bytes.toString(type.startsWith('text/') ? 'utf8' : 'base64')] as const
          }),
        )
      }),
    )
  }, FORMS)
  return items.map(forms =>
    Object.fromEntries(
      forms.map(([type, text]) => [type, withLf(text).replace(/^<meta charset=['"]utf-8['"]>/, '')]),
    ),
  )
}

/** The text on the clipboard, with LF. */
export const clipboardText = async (app: ElectronApplication): Promise<string> =>
  withLf(await app.evaluate(({ clipboard }) => clipboard.readText()))

const withLf = (text: string): string => text.replaceAll('\r\n', '\n')
