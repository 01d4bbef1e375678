import { once } from 'node:events'
import { systemClock } from '../src/main/clock.ts'
import { startSimulator } from '../src/main/demo/carrier-simulator.ts'
import { CARRIER_KEY } from './programs.ts'

/** A carrier for `startCarrier`: says where it is, and ends with its standard input. */
const latency = Number(process.argv[2])
const simulator = await startSimulator({ port: 0, authKey: CARRIER_KEY, clock: systemClock, latency })
console.log(simulator.url)
await once(process.stdin.resume(), 'end')
await simulator.stop()
process.exit()
