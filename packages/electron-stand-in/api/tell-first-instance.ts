/** Worker of single-instance.ts: sends one text, and reports 1 (answered) or 2 (nobody there) through shared memory. */
import { connect } from 'node:net'
import { workerData } from 'node:worker_threads'

const { address, text, result } = workerData as { address: string; text: string; result: Int32Array }
const report = (outcome: 1 | 2) => {
  if (Atomics.compareExchange(result, 0, 0, outcome) === 0) Atomics.notify(result, 0)
}

const socket = connect(address, () => socket.write(text))
socket.once('data', () => report(1))
socket.once('error', () => report(2))
socket.once('close', () => report(2))
