import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import {
  argumentSchemas,
  type Calls,
  channelOf,
  type Events,
  type Method,
  methodNames,
} from '../../shared/bridge.ts'
import type { Outcome } from '../../shared/failure.ts'
import { fail } from '../../shared/result.ts'

/** One handler a method of the contract; arguments arrive parsed. */
export type Handlers = {
  readonly [M in Method]: (
    ...args: Parameters<Calls[M]>
  ) => Outcome<ReturnType<Calls[M]>> | Promise<Outcome<ReturnType<Calls[M]>>>
}

type Invoke = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<Outcome<unknown>>

/**
 * Puts the contract on IPC: every call is checked for who sends it and what it carries before a handler sees it,
 * and every answer is a Result. The only user of ipcMain.
 */
export function serve(
  handlers: Handlers,
  deps: {
    readonly isTrusted: (event: IpcMainInvokeEvent) => boolean
    readonly report: (error: unknown) => void
  },
): void {
  for (const [method, invoke] of invokers(handlers, deps)) ipcMain.handle(channelOf(method), invoke)
}

/** The guarded form of every handler, apart from ipcMain so that a test can walk the whole contract. */
export function invokers(
  handlers: Handlers,
  {
    isTrusted,
    report,
  }: {
    readonly isTrusted: (event: IpcMainInvokeEvent) => boolean
    readonly report: (error: unknown) => void
  },
): ReadonlyMap<Method, Invoke> {
  const schemas = argumentSchemas()
  return new Map(
    methodNames.map(method => {
      const schema = schemas[method]
      const handler = handlers[method] as (...args: unknown[]) => Outcome<unknown> | Promise<Outcome<unknown>>
      const invoke: Invoke = async (event, ...args) => {
        try {
          if (!isTrusted(event)) return fail({ code: 'IPC_REFUSED' })
          const parsed = schema.safeParse(args)
          return parsed.success ? await handler(...parsed.data) : fail({ code: 'IPC_REFUSED' })
        } catch (error) {
          // Electron would send the error's text to the page.
          report(error)
          return fail({ code: 'INTERNAL' })
        }
      }
      return [method, invoke]
    }),
  )
}

/** Tells the page something it did not ask for. */
export function tell<E extends keyof Events>(page: WebContents, event: E, value: Events[E]): void {
  if (!page.isDestroyed()) page.send(channelOf(event), value)
}
