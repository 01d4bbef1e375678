import { createServer } from 'node:net'
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fail, ok } from '../../../domain/result.ts'
import { createAuthority, createSelfSigned } from '../../carrier/testing/certificates.ts'
import { systemClock } from '../../clock.ts'
import { createEngine, type Engine, type EngineAccess } from './engine.ts'
import { type Cluster, hasPostgres, installTeamGate, startCluster } from './testing/postgres.ts'

const CARRIER = 'https://carrier.example.jp'
const DESK = '5c0f43ba-7a2c-4f6e-9f3a-2f4f9c5a4e11'
const authority = createAuthority('the operator')

describe.skipIf(!hasPostgres)('a team’s server', () => {
  let cluster: Cluster
  let admin: Client
  const engines: Engine[] = []

  beforeAll(async () => {
    cluster = await startCluster(['fsync=off', 'max_connections=14', 'superuser_reserved_connections=3'])
    admin = await cluster.createDatabase('gate')
    await admin.query('SELECT td.allow_carrier($1, 1000, 60)', [CARRIER])
    await admin.query("CREATE ROLE desk LOGIN PASSWORD 'right' IN ROLE td_desk")
    await admin.query("CREATE ROLE stranger LOGIN PASSWORD 'right'")
    await admin.query('CREATE DATABASE empty')
    const { cert, key } = authority.issue({ names: ['127.0.0.1'] })
    cluster.stop('fast')
    cluster.demand([
      'host all postgres 127.0.0.1/32 trust',
      'hostssl all all 127.0.0.1/32 scram-sha-256',
      'hostnossl all all 127.0.0.1/32 scram-sha-256',
    ])
    const certFile = cluster.write('server.crt', cert)
    const keyFile = cluster.write('server.key', key)
    cluster.start(['ssl=on', `ssl_cert_file=${certFile}`, `ssl_key_file=${keyFile}`])
    admin = await cluster.connect({ database: 'gate' })
  })

  afterAll(async () => {
    for (const engine of engines) engine.close()
    await admin?.end()
    cluster?.remove()
  })

  function open(
    given: Partial<EngineAccess['server']> & Partial<Pick<EngineAccess, 'password' | 'ca'>> = {},
  ): Engine {
    const { password = 'right', ca = [authority.cert], ...server } = given
    const engine = createEngine({
      clock: systemClock,
      access: async () =>
        ok({
          server: {
            host: '127.0.0.1',
            port: cluster.port,
            database: 'gate',
            user: 'desk',
            caFile: null,
            ...server,
          },
          password,
          ca,
        }),
    })
    engines.push(engine)
    return engine
  }

  const hello = (engine: Engine, origin = CARRIER) =>
    engine.call('hello', [origin, DESK, 'a desk', '0.1.0', 1, false, false, '[]', null, null])

  it('34: is heard over TLS with a certificate that is right in every way, by a password that never crosses', async () => {
    const engine = open()
    expect(await hello(engine)).toMatchObject({ ok: true, value: { is: 'hello', protocol: 1, slot: 0 } })
    const { rows } = await admin.query(
      "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'desk'",
    )
    expect(rows).toEqual([{ ssl: true }])
  })

  it.each([
    ['an authority that nobody confirmed', { ca: [createAuthority('somebody').cert] }],
    ['another name', { host: 'localhost' }],
    ['no authority at all', { ca: [createSelfSigned().cert] }],
  ])('34: is not believed with a certificate of %s', async (_, given) => {
    expect(await hello(open(given))).toEqual(fail({ kind: 'refused', reason: 'tls' }))
  })

  it.each([
    ['a wrong password', { password: 'wrong' }, { kind: 'refused', reason: 'login' }],
    ['no such user', { user: 'nobody' }, { kind: 'refused', reason: 'login' }],
    ['no such database', { database: 'nothing' }, { kind: 'refused', reason: 'database' }],
    ['a login that is no desk', { user: 'stranger' }, { kind: 'refused', reason: 'database' }],
    ['a name that nobody has', { host: 'nobody.invalid' }, { kind: 'away', why: 'name' }],
  ] as const)('says what is wrong: %s', async (_, given, trouble) => {
    expect(await hello(open(given))).toEqual(fail(trouble))
  })

  it('says what is wrong: nothing listens, it is not set up, another carrier', async () => {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise(resolve => server.close(resolve))
    expect(await hello(open({ port }))).toEqual(fail({ kind: 'away', why: 'port' }))
    expect(await hello(open({ database: 'empty' }))).toEqual(fail({ kind: 'refused', reason: 'not-set-up' }))
    const engine = open()
    expect(await hello(engine, 'https://other.example.jp')).toEqual(
      fail({ kind: 'refused', reason: 'carrier' }),
    )
    expect((await hello(engine)).ok).toBe(true)
  })

  it('says that it is full, and is heard again once there is room', async () => {
    for (const engine of engines.splice(0)) engine.close()
    const others: Client[] = []
    try {
      for (;;) others.push(await cluster.connect({ user: 'desk', password: 'right', database: 'gate' }))
    } catch {}
    const engine = open()
    expect(await hello(engine)).toEqual(fail({ kind: 'away', why: 'full' }))
    await Promise.all(others.map(other => other.end()))
    expect((await hello(engine)).ok).toBe(true)
  })

  it('that says nothing is given up at the deadline, and its late answer is nobody’s', async () => {
    const engine = open()
    expect((await hello(engine)).ok).toBe(true)
    await admin.query('BEGIN')
    await admin.query('SELECT FROM td.gate WHERE origin = $1 FOR UPDATE', [CARRIER])
    const late = engine.call('keep_turn', [CARRIER, DESK], 200)
    const next = hello(engine)
    expect(await late).toEqual(fail({ kind: 'away', why: 'silent' }))
    await admin.query('COMMIT')
    expect(await next).toMatchObject({ ok: true, value: { is: 'hello' } })
  })

  it('34: lets a desk do nothing but call the seven functions', async () => {
    const desk = await cluster.connect({ user: 'desk', password: 'right', database: 'gate' })
    const attempts = [
      'SELECT * FROM td.gate',
      'SELECT * FROM td.query',
      'SELECT * FROM td.desk',
      'UPDATE td.gate SET turn = NULL',
      "INSERT INTO td.rule VALUES ('https://evil.example', 0, 1)",
      'DELETE FROM td.refusal',
      "SELECT td.allow_carrier('https://evil.example', 1000, 1)",
      'SELECT td.now()',
      "SELECT td.enter('x')",
      'CREATE TEMPORARY TABLE t (a int)',
      'CREATE TABLE public.t (a int)',
      'CREATE SCHEMA s',
      'CREATE FUNCTION td_v1.f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
      "CREATE OR REPLACE FUNCTION td_v1.keep_turn(text, uuid) RETURNS jsonb LANGUAGE sql AS $$ SELECT '{}'::jsonb $$",
      'ALTER FUNCTION td_v1.keep_turn(text, uuid) OWNER TO desk',
      'SET ROLE td_owner',
      "SELECT pg_catalog.pg_read_file('/etc/passwd')",
      "COPY (SELECT 1) TO PROGRAM 'true'",
      'DROP SCHEMA td CASCADE',
    ]
    try {
      for (const attempt of attempts) await expect(desk.query(attempt), attempt).rejects.toThrow()
      const { rows } = await admin.query(
        "SELECT count(*)::int AS n FROM pg_proc p JOIN pg_namespace s ON s.oid = p.pronamespace WHERE nspname LIKE 'td%' AND has_schema_privilege('desk', s.oid, 'USAGE') AND has_function_privilege('desk', p.oid, 'EXECUTE')",
      )
      expect(rows).toEqual([{ n: 7 }])
    } finally {
      await desk.end()
    }
  })

  it('takes no NULL for a key, a desk or a turn', async () => {
    const desk = await cluster.connect({ user: 'desk', password: 'right', database: 'gate' })
    const call = (sql: string) => desk.query(sql, [CARRIER])
    try {
      await admin.query('UPDATE td.rule SET settle_ms = 1')
      for (const args of ['NULL, $2, 1', '$2, NULL, 1', '$2, $2, NULL'])
        await expect(
          desk.query(
            `SELECT td_v1.take_turn($1, ${args}, 'lookup', NULL)`,
            args.includes('$2') ? [CARRIER, DESK] : [CARRIER],
          ),
        ).rejects.toThrow()
      const { rows } = await call('SELECT td_v1.keep_turn($1, NULL) AS answer')
      expect(rows).toEqual([{ answer: { is: 'lost' } }])
      const ended = await call("SELECT td_v1.end_turn($1, NULL, 'answered', NULL, NULL) AS answer")
      expect(ended.rows).toEqual([{ answer: { is: 'late' } }])
    } finally {
      await desk.end()
    }
  })

  it('is set up by eight administrators at once, and again, and keeps what it has', async () => {
    await admin.query("UPDATE td.rule SET away = 'stop', cooldown_ms = 1234")
    for (const engine of engines.splice(0)) engine.close()
    const connections = await Promise.all(
      Array.from({ length: 8 }, () => cluster.connect({ database: 'gate' })),
    )
    await Promise.all(connections.map(installTeamGate))
    await Promise.all(connections.map(connection => connection.end()))
    const { rows } = await admin.query('SELECT away, cooldown_ms FROM td.rule')
    expect(rows).toEqual([{ away: 'stop', cooldown_ms: 1234 }])
  })
})
