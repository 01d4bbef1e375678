import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { decode, encode } from '../ipc/wire.ts'

/** What a second instance tells the first. */
export interface SecondInstance {
  readonly argv: string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

/** The lock on one userData directory. */
export interface InstanceLock {
  /** True when this process is, or now becomes, the first. False when another is: it has then been told. */
  request(message: SecondInstance): boolean
  has(): boolean
  release(): void
}

/**
 * A lock that the kernel frees however its holder dies: the holder listens on a socket in Linux's abstract namespace,
 * whose name only one process can have. No file is left behind, so none can be stale.
 */
export function createInstanceLock(
  userData: () => string,
  onSecondInstance: (message: SecondInstance) => void,
): InstanceLock {
  let server: Server | undefined
  const receive = (socket: Socket) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('error', () => {}) // The second instance died while it told; it has told nothing.
    socket.on('data', chunk => {
      text += chunk
      if (!text.endsWith('\n')) return
      onSecondInstance(decode(text) as SecondInstance)
      socket.end('ok\n')
    })
  }
  return {
    request(message) {
      if (server) return true
      const address = lockAddress(userData())
      // The first may end between listening and telling: then nobody takes the message and the lock is free.
      for (let turn = 0; turn < 10; turn++) {
        server = listenNow(address, receive)
        if (server) return true
        if (tell(address, `${encode(message)}\n`)) return false
      }
      throw new Error('electron-stand-in: the first instance holds its lock but does not answer')
    },
    has: () => server !== undefined,
    release() {
      server?.close()
      server = undefined
    },
  }
}

function lockAddress(userData: string): string {
  const key = createHash('sha256').update(realpathSync(userData)).digest('hex')
  return `\0electron-stand-in-${process.getuid?.()}-${key}`
}

/** A server on `address`, or undefined when another process has it. Node binds such a socket before it returns. */
function listenNow(address: string, onConnection: (socket: Socket) => void): Server | undefined {
  const server = createServer(onConnection)
  server.on('error', () => {}) // EADDRINUSE, reported late; `listening` has told us already.
  server.listen(address)
  if (!server.listening) return undefined
  return server.unref()
}

/**
 * Delivers `text` and waits for the answer, as Electron does: requestSingleInstanceLock() returns when the first knows.
 * A worker talks meanwhile, since this thread must not return before. False: nobody listens.
 */
function tell(address: string, text: string): boolean {
  const result = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('./tell-first-instance.ts', import.meta.url), {
    workerData: { address, text, result },
    execArgv: [],
  })
  worker.unref()
  const answer = Atomics.wait(result, 0, 0, 20_000)
  void worker.terminate()
  if (answer === 'timed-out') throw new Error('electron-stand-in: the first instance does not answer')
  return result[0] === 1
}
