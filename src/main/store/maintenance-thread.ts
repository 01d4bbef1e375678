import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { runJob } from './maintenance.ts'
import type { FromThread, ThreadData, ToThread } from './maintenance-client.ts'
import { createPartialFiles } from './partial-files.ts'

/** The thread that does the store's long work, one job at a time, on a connection of its own. */

const { path, urgent } = workerData as ThreadData
const port = parentPort
if (port === null) throw new Error('this is a worker’s module')

const say = (message: FromThread): void => port.postMessage(message)
const running = new Map<number, AbortController>()
let mayGoOn = () => {}
let jobs = Promise.resolve()

port.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'run':
      running.set(message.id, new AbortController())
      jobs = jobs.then(() => run(message))
      break
    case 'give-up':
      running.get(message.id)?.abort()
      break
    case 'go-on':
      mayGoOn()
      break
  }
})

async function run({ id, job }: ToThread & { readonly kind: 'run' }): Promise<void> {
  let database: DatabaseSync | null = null
  let reportedAt = 0
  try {
    database = new DatabaseSync(path)
    database.exec(`
      PRAGMA busy_timeout = 5000;
      PRAGMA synchronous = NORMAL;
      PRAGMA secure_delete = ON;
      PRAGMA foreign_keys = ON;
    `)
    const result = await runJob(job, {
      database,
      path,
      partialFiles: createPartialFiles(database),
      signal: running.get(id)?.signal ?? new AbortController().signal,
      report(done, total) {
        if (performance.now() - reportedAt < REPORT_EVERY_MS) return
        reportedAt = performance.now()
        say({ kind: 'progress', id, done, total })
      },
      async breathe() {
        await pause(0)
        // Somebody who uses the program wants to write: they come first.
        while (Atomics.load(urgent, 0) > 0) await pause(1)
      },
      async exclusively(work) {
        const { promise, resolve } = Promise.withResolvers<void>()
        mayGoOn = resolve
        say({ kind: 'exclusive', isOn: true })
        await promise
        try {
          return work()
        } finally {
          say({ kind: 'exclusive', isOn: false })
        }
      },
    })
    say({ kind: 'result', id, result })
  } catch {
    say({ kind: 'result', id, result: { outcome: 'failed', rows: 0 } })
  } finally {
    running.delete(id)
    database?.close()
  }
}

/** Often enough for a bar that moves, and seldom enough not to be work itself. */
const REPORT_EVERY_MS = 100
