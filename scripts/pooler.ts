import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** pgBouncer in transaction mode before an engine, with four connections to it. */
export function startPooler({ port: engine }: { readonly port: number }): {
  readonly port: number
  readonly ready: Promise<void>
  stop(): void
} {
  const port = engine + 1
  const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-pooler-'))
  chmodSync(folder, 0o755)
  const users = join(folder, 'users.txt')
  const settings = join(folder, 'pgbouncer.ini')
  writeFileSync(users, '"desk" ""\n')
  writeFileSync(
    settings,
    [
      '[databases]',
      `gate = host=127.0.0.1 port=${engine} dbname=gate user=desk`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${users}`,
      'pool_mode = transaction',
      'default_pool_size = 4',
      'max_client_conn = 300',
      'ignore_startup_parameters = extra_float_digits',
      '',
    ].join('\n'),
  )
  // It refuses to run as root.
  const asRoot = process.getuid?.() === 0
  const child: ChildProcess = spawn(
    asRoot ? 'runuser' : 'pgbouncer',
    asRoot ? ['-u', 'postgres', '--', 'pgbouncer', settings] : [settings],
    { stdio: 'ignore' },
  )
  return {
    port,
    ready: listening(port),
    stop() {
      child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    const isThere = await promise
    socket.destroy()
    if (isThere) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the pooler did not start')
}
