import type { ElectronApplication } from '@playwright/test'

/** What is on the clipboard, each form as text; a picture as base64. */
export const clipboardOf = (app: ElectronApplication) =>
  app.evaluate(async ({ clipboard }) => {
    const items = await clipboard.read()
    return Promise.all(
      items.map(async item =>
        Object.fromEntries(
          await Promise.all(
            item.types.map(async type => {
              const blob = (await item.getType(type)) as Blob
              const bytes = Buffer.from(await blob.arrayBuffer())
              return [type, bytes.toString(type.startsWith('text/') ? 'utf8' : 'base64')] as const
            }),
          ),
        ),
      ),
    )
  })
