import { guarded, notImplemented } from './not-implemented.ts'

type Payload = string | Electron.ClipboardBookmark | Blob | Promise<Blob | string>
type Stored = ReadonlyMap<string, Blob>

const supported = ['text/plain', 'text/html', 'image/png']

/** Electron's ClipboardItem: MIME types and their payloads, which may still be promised. */
export class ClipboardItem {
  readonly types: string[]
  declare private readonly items: Readonly<Record<string, Payload>>

  constructor(items: Record<string, Payload>) {
    this.types = Object.keys(items)
    if (this.types.length === 0) throw new TypeError('ClipboardItem: at least one MIME type is required')
    Object.defineProperty(this, 'items', { value: { ...items } })
    Object.defineProperty(this, 'getType', { enumerable: false })
  }

  /** The payload as a Blob. Rejects when there is none of that type. */
  readonly getType = (async (type: string) => {
    const payload = await this.items[type]
    if (payload === undefined) throw new Error(`The type '${type}' was not found`)
    if (typeof payload === 'string') return new Blob([payload], { type })
    if (payload instanceof Blob) return payload
    throw notImplemented(`ClipboardItem.getType('${type}')`)
  }) as Electron.ClipboardItem['getType']
}

// Not the system's clipboard: tests run in parallel, and often without a display.
let content: Stored = new Map()

export const clipboard = guarded('clipboard', {
  clear() {
    content = new Map()
  },
  has: async (mimetype: string) => content.has(mimetype),
  async read() {
    const held = Object.fromEntries(content)
    return content.size === 0 ? [] : [new ClipboardItem(held)]
  },
  readText: async () => (await content.get('text/plain')?.text()) ?? '',
  /** Nothing changes unless every payload can be had. */
  async write(data: Electron.ClipboardItem[]) {
    const next = new Map<string, Blob>()
    for (const item of data)
      for (const type of item.types) {
        if (!supported.includes(type)) throw notImplemented(`the clipboard type '${type}'`)
        next.set(type, await item.getType(type as 'text/plain'))
      }
    content = next
  },
  async writeText(text: string) {
    content = new Map([['text/plain', new Blob([text], { type: 'text/plain' })]])
  },
})
