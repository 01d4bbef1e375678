// No module imports these declarations, so they are referenced here.
/// <reference path="./pg-client.d.ts" />

import Client from 'pg/lib/client.js'
import type { TeamServer } from '../../../contract/team.ts'
import type { TeamAway, TeamReason } from '../../../domain/failure.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'
import { type Answer, answerSchema } from './answers.ts'

/** Why a call gave no answer: the server can't be reached for now, or something has to be mended. */
export type EngineTrouble =
  | { readonly kind: 'away'; readonly why: TeamAway }
  | { readonly kind: 'refused'; readonly reason: TeamReason }

export type TeamFunction =
  | 'take_turn'
  | 'keep_turn'
  | 'next_query'
  | 'end_turn'
  | 'drop_ask'
  | 'hello'
  | 'try_key'

/** The team's server, as one desk calls it: one call at a time, each with a deadline. */
export interface Engine {
  call(
    name: TeamFunction,
    args: readonly unknown[],
    deadlineMs?: number,
  ): Promise<Result<Answer, EngineTrouble>>
  /** Ends the connection; the next call opens another. */
  disconnect(): void
  /** Ends it for good: what is still to be called is not. */
  close(): void
}

/** How a desk comes to its server. */
export interface EngineAccess {
  readonly server: TeamServer
  readonly password: string
  /** The certificates to believe; null where nothing is encrypted, which is on loopback alone. */
  readonly ca: readonly string[] | null
}

const CONNECT_MS = 2_000
const CALL_MS = 1_500

export function createEngine({
  clock,
  access,
}: {
  readonly clock: Pick<Clock, 'after'>
  /** Read for each connection, so that a new password or file counts at once. */
  readonly access: () => Promise<Result<EngineAccess, EngineTrouble>>
}): Engine {
  let client: Client | null = null
  let tail: Promise<unknown> = Promise.resolve()
  let isClosed = false

  /** Without its socket a late answer can't be taken for that of the next call. */
  function drop(): void {
    const dropped = client as unknown as { connection: { stream: { destroy(): void } } } | null
    client = null
    dropped?.connection.stream.destroy()
  }

  /** @param isCurrent false once the call was given up: it must not open anything any more */
  async function connected(isCurrent: () => boolean): Promise<Result<Client, EngineTrouble>> {
    if (client !== null) return ok(client)
    const found = await access()
    if (!found.ok) return found
    if (!isCurrent()) return fail({ kind: 'away', why: 'silent' })
    const { server, password, ca } = found.value
    const opened = new Client({
      host: server.host,
      port: server.port,
      database: server.database,
      user: server.user,
      password,
      // In full: what is left out is looked for in the environment.
      ssl: ca === null ? false : { ca: [...ca], rejectUnauthorized: true, minVersion: 'TLSv1.2' },
      enableChannelBinding: true,
      application_name: 'Traffic Desk',
      connectionTimeoutMillis: CONNECT_MS,
    })
    client = opened
    opened.on('error', () => {
      if (client === opened) client = null
    })
    await opened.connect()
    return ok(opened)
  }

  async function exchange(
    name: TeamFunction,
    args: readonly unknown[],
    isCurrent: () => boolean,
  ): Promise<Result<Answer, EngineTrouble>> {
    const open = await connected(isCurrent)
    if (!open.ok) return open
    if (!isCurrent()) return fail({ kind: 'away', why: 'silent' })
    const marks = args.map((_, at) => `$${at + 1}`).join(', ')
    const { rows } = await open.value.query({
      text: `SELECT td_v1.${name}(${marks}) AS answer`,
      values: [...args],
    })
    const answer = answerSchema.safeParse((rows as readonly { readonly answer?: unknown }[])[0]?.answer)
    return answer.success ? ok(answer.data) : fail({ kind: 'refused', reason: 'protocol' })
  }

  return {
    call(name, args, deadlineMs) {
      const done = tail.then(async (): Promise<Result<Answer, EngineTrouble>> => {
        if (isClosed) return fail({ kind: 'away', why: 'ended' })
        const limit = deadlineMs ?? (client === null ? CONNECT_MS + CALL_MS : CALL_MS)
        let isCurrent = true
        const late = Promise.withResolvers<Result<Answer, EngineTrouble>>()
        const callOff = clock.after(limit, () => late.resolve(fail({ kind: 'away', why: 'silent' })))
        const answer = exchange(name, args, () => isCurrent && !isClosed).catch(error =>
          fail(troubleOf(error)),
        )
        const result = await Promise.race([answer, late.promise])
        callOff()
        isCurrent = false
        // A refusal leaves the connection good; everything else is better begun anew.
        if (!result.ok && !(result.failure.kind === 'refused' && result.failure.reason === 'carrier')) drop()
        return result
      })
      tail = done
      return done
    },
    disconnect: drop,
    close() {
      isClosed = true
      drop()
    },
  }
}

/** Codes of PostgreSQL (its appendix A) by which a server is away: it ends, it is full, a standby, ill, or too slow. */
const AWAY = /^(?:08...|57P0[123]|53...|25006|55000|55P03|57014|40...|58...|XX...)$/

/** What an error of the driver, of PostgreSQL or of a socket says. Its words are not kept: they may name anything. */
export function troubleOf(error: unknown): EngineTrouble {
  const {
    severity,
    code = '',
    message = '',
  } = error as {
    readonly severity?: string
    readonly code?: string
    readonly message?: string
  }
  // A socket's EPIPE looks like one of PostgreSQL's codes.
  if (severity !== undefined) return troubleOfServer(code, message)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { kind: 'away', why: 'name' }
  if (code === 'ECONNREFUSED') return { kind: 'away', why: 'port' }
  if (
    /CERT|SIGNATURE|SELF_SIGNED|^ERR_TLS|^ERR_SSL|UNABLE_TO/.test(code) ||
    /support SSL|SSL connection/.test(message)
  )
    return { kind: 'refused', reason: 'tls' }
  if (/SASL|password/i.test(message)) return { kind: 'refused', reason: 'login' }
  return { kind: 'away', why: /timeout/.test(message) ? 'silent' : 'ended' }
}

function troubleOfServer(code: string, message: string): EngineTrouble {
  if (code === 'TD001') return { kind: 'refused', reason: 'carrier' }
  if (code === '53300') return { kind: 'away', why: 'full' }
  if (AWAY.test(code)) return { kind: 'away', why: 'ended' }
  if (code.startsWith('28')) return { kind: 'refused', reason: 'login' }
  if (code === '3D000') return { kind: 'refused', reason: 'database' }
  if (code === '3F000') return { kind: 'refused', reason: 'not-set-up' }
  if (code === '42883') return { kind: 'refused', reason: 'protocol' }
  if (code === '42501' && /database/.test(message)) return { kind: 'refused', reason: 'database' }
  return { kind: 'refused', reason: 'refused' }
}
