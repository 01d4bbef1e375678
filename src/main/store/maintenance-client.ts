import { Worker } from 'node:worker_threads'
import type { Exclusive } from './exclusive.ts'
import type { Job, JobResult } from './maintenance.ts'

export interface ThreadData {
  readonly path: string
  /** Above 0 while the program itself wants to write. */
  readonly urgent: Int32Array
}

export type ToThread =
  | { readonly kind: 'run'; readonly id: number; readonly job: Job }
  | { readonly kind: 'give-up'; readonly id: number }
  /** Nothing is being written here: the thread may keep every other writer out. */
  | { readonly kind: 'go-on' }

export type FromThread =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: 'exclusive'; readonly isOn: boolean }
  | { readonly kind: 'result'; readonly id: number; readonly result: JobResult }

export interface JobOptions {
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
  readonly signal?: AbortSignal
}

/** Runs the store's long work. Never rejects: a job that did not work has the outcome `failed`. */
export interface Maintenance {
  run(job: Job, options?: JobOptions): Promise<JobResult>
  /** Waits for what keeps other writers out, gives up the rest, and ends. */
  close(): Promise<void>
}

const FAILED: JobResult = { outcome: 'failed', rows: 0 }

/**
 * Does the store's long work in a thread of its own, so that the window never waits for it.
 *
 * @param script the thread's module
 */
export function createMaintenanceThread(
  script: URL,
  data: ThreadData,
  exclusive: Exclusive & { set(isOn: boolean): void },
): Maintenance {
  const waiting = new Map<number, JobOptions & { readonly end: (result: JobResult) => void }>()
  let worker: Worker | null = null
  let lastId = 0

  /** Started with the first job: most starts need none for a while. */
  function started(): Worker {
    if (worker !== null) return worker
    const made = new Worker(script, { workerData: data })
    worker = made
    const say = (message: ToThread) => made.postMessage(message)
    made.on('message', (message: FromThread) => {
      switch (message.kind) {
        case 'progress':
          waiting.get(message.id)?.onProgress?.(message)
          break
        case 'exclusive':
          exclusive.set(message.isOn)
          if (message.isOn) say({ kind: 'go-on' })
          break
        case 'result':
          waiting.get(message.id)?.end(message.result)
          waiting.delete(message.id)
          // An idle thread must not keep the program running.
          if (waiting.size === 0) made.unref()
          break
      }
    })
    // `exit` follows every error and ends the jobs.
    made.on('error', () => {})
    made.on('exit', () => {
      worker = null
      exclusive.set(false)
      for (const { end } of waiting.values()) end(FAILED)
      waiting.clear()
    })
    return made
  }

  return {
    run(job, options = {}) {
      lastId += 1
      const id = lastId
      const { promise, resolve } = Promise.withResolvers<JobResult>()
      try {
        const thread = started()
        waiting.set(id, { ...options, end: resolve })
        thread.ref()
        thread.postMessage({ kind: 'run', id, job } satisfies ToThread)
        const giveUp = () => thread.postMessage({ kind: 'give-up', id } satisfies ToThread)
        if (options.signal?.aborted) giveUp()
        else options.signal?.addEventListener('abort', giveUp, { once: true })
      } catch {
        resolve(FAILED)
      }
      return promise
    },
    async close() {
      await exclusive.ended()
      await worker?.terminate()
    },
  }
}
