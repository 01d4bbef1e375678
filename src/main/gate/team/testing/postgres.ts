import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, type ClientConfig } from 'pg'

const SQL = join(import.meta.dirname, '../../../../../resources/team-gate.sql')

/** PostgreSQL's programs: where `PGBIN` says, or Debian's newest; null where there are none. */
function binaries(): string | null {
  const told = process.env['PGBIN']
  if (told !== undefined && told !== '') return told
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return versions[0] === undefined ? null : join(debian, versions[0], 'bin')
}

export const hasPostgres = binaries() !== null

/** A cluster of its own on loopback. */
export interface Cluster {
  readonly port: number
  /** Connects as its superuser, or as another login. */
  connect(config?: ClientConfig): Promise<Client>
  /** Makes a database with the gate in it. */
  createDatabase(name: string): Promise<Client>
  /** Writes a file that only the server may read; gives its path. */
  write(name: string, text: string): string
  /** Adds lines before those that say who may connect how. */
  demand(rules: readonly string[]): void
  start(options?: readonly string[]): void
  /** Copies what it holds now, to be started in its place later as a standby that missed everything since, and promoted. */
  copy(): { takeOver(): void }
  stop(how: 'fast' | 'immediate'): void
  /** Ends it, and everything of it. */
  remove(): void
}

/**
 * Makes and starts a cluster. PostgreSQL refuses to run as root, so there it runs as the user of Debian's package.
 *
 * @throws where a command fails, with what it said
 */
export async function startCluster(options: readonly string[] = []): Promise<Cluster> {
  const bin = binaries()
  if (bin === null) throw new Error('no PostgreSQL')
  const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-engine-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, userId(), 0)
  const run = (program: string, ...args: readonly string[]) => {
    const command = join(bin, program)
    const [first, ...rest] = isRoot
      ? ['runuser', '-u', 'postgres', '--', command, ...args]
      : [command, ...args]
    // The server keeps what it inherits, so it gets no pipe that somebody would wait for.
    const { status } = spawnSync(first ?? command, rest, { stdio: 'ignore', cwd: folder })
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${log()}`)
  }
  const log = () => {
    try {
      return readFileSync(join(folder, 'log'), 'utf8').slice(-2_000)
    } catch {
      return ''
    }
  }
  let data = join(folder, 'data')
  const port = await freePort()
  run('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '--no-locale', '-E', 'UTF8')
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', ...options]
  const owner = isRoot ? userId() : null
  const write = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    if (owner !== null) chownSync(path, owner, 0)
    return path
  }
  const start = (more: readonly string[] = []) =>
    run(
      'pg_ctl',
      ...['-D', data, '-w', '-l', join(folder, 'log')],
      ...['-o', [...settings, ...more].map(setting => `-c ${setting}`).join(' '), 'start'],
    )
  start()

  async function connect(config: ClientConfig = {}): Promise<Client> {
    const client = new Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      database: 'postgres',
      ssl: false,
      ...config,
    })
    // A cluster that is stopped under a connection is what some tests are about.
    client.on('error', () => {})
    await client.connect()
    return client
  }

  return {
    port,
    connect,
    async createDatabase(name) {
      const admin = await connect()
      await admin.query(`CREATE DATABASE ${name}`)
      await admin.end()
      const client = await connect({ database: name })
      await installTeamGate(client)
      return client
    },
    write,
    demand(rules) {
      const path = join(data, 'pg_hba.conf')
      writeFileSync(path, `${rules.join('\n')}\n${readFileSync(path, 'utf8')}`)
    },
    start,
    copy() {
      const copied = join(folder, 'copy')
      run(
        'pg_basebackup',
        '-h',
        '127.0.0.1',
        '-p',
        String(port),
        '-U',
        'postgres',
        '-D',
        copied,
        '-X',
        'fetch',
      )
      write('copy/standby.signal', '')
      return {
        takeOver() {
          data = copied
          start()
          run('pg_ctl', '-D', data, '-w', 'promote')
        },
      }
    },
    stop: how => run('pg_ctl', '-D', data, '-w', '-m', how, 'stop'),
    remove() {
      try {
        run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop')
      } catch {
        // It was stopped by its test.
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

const userId = (): number => Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout)

/** Installs the gate, as an administrator does. */
export async function installTeamGate(client: Client): Promise<void> {
  await client.query(readFileSync(SQL, 'utf8'))
}

async function freePort(): Promise<number> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  const closed = Promise.withResolvers<void>()
  server.close(() => closed.resolve())
  await closed.promise
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
