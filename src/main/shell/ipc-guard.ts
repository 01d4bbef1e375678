import type { IpcMainInvokeEvent } from 'electron'
import { argumentSchemas } from '../../contract/argument-schemas.ts'
import type { Calls, Method } from '../../contract/bridge.ts'
import { methodNames } from '../../contract/channels.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail } from '../../domain/result.ts'
import { reply } from './reply.ts'
import { isWithin } from './size.ts'

/** One handler a method of the contract; arguments arrive parsed. */
export type Handlers = {
  readonly [M in Method]: (
    ...args: Parameters<Calls[M]>
  ) => Outcome<ReturnType<Calls[M]>> | Promise<Outcome<ReturnType<Calls[M]>>>
}

/** A handler as IPC calls it: whoever sends, whatever they send. */
export type Invoke = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<Outcome<unknown>>

export interface GuardDeps {
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean
  readonly report: (error: unknown) => void
}

/** Characters in all of one call's arguments: above a ticket with its chart, or an import of 20,000 lines. */
const LARGEST_CALL = 24_000_000

/** The guarded form of every handler: who sends is checked, then how much, then what; every answer is a Result. */
export function invokers(handlers: Handlers, { isTrusted, report }: GuardDeps): ReadonlyMap<Method, Invoke> {
  const schemas = argumentSchemas()
  return new Map(
    methodNames.map(method => {
      const schema = schemas[method]
      const handler = handlers[method] as (...args: unknown[]) => Outcome<unknown> | Promise<Outcome<unknown>>
      const invoke: Invoke = async (event, ...args) => {
        try {
          if (!isTrusted(event) || !isWithin(args, LARGEST_CALL)) return fail({ code: 'IPC_REFUSED' })
          const parsed = schema.safeParse(args)
          return parsed.success ? reply(await handler(...parsed.data)) : fail({ code: 'IPC_REFUSED' })
        } catch (error) {
          // Electron would send the error's text to the page.
          try {
            report(error)
          } catch {
            // What can not be reported must not reach the page either.
          }
          return fail({ code: 'INTERNAL' })
        }
      }
      return [method, invoke]
    }),
  )
}
