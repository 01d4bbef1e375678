import { systemClock } from '../src/main/clock.ts'
import { startSimulator } from '../src/main/demo/carrier-simulator.ts'
import { startCluster } from '../src/main/gate/team/testing/postgres.ts'
import { startKeyring } from './keyring.ts'
import { provision } from './provision.ts'
import { build } from './run.ts'
import { openTeamProgram } from './team-desks.ts'

const KEY = 'SIMULATOR-KEY-0001'
const DESKS = 6
const LOOKUPS = 10

/** What came of whole programs in a team. */
export interface ProgramFigures {
  readonly asked: number
  readonly sent: number
  /** The most that were in flight at the same time, by the carrier's own record. */
  readonly most: number
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** A person types, reads, and types the next number: nobody is as regular as a loop. */
const pauseOf = (desk: number, lookup: number): number => 400 + ((desk * 7 + lookup * 13) % 11) * 250

/**
 * Six programs, sixty lookups at a person's pace. Meanwhile one program is killed, one is frozen for six seconds with its
 * query in flight, and the engine is thrown over.
 */
export async function programs(): Promise<ProgramFigures> {
  await provision({ engine: true })
  await build()
  await using atEnd = new AsyncDisposableStack()
  const carrier = await startSimulator({ port: 0, authKey: KEY, clock: systemClock, latency: 300 })
  atEnd.defer(carrier.stop)
  const cluster = await startCluster()
  atEnd.defer(cluster.remove)
  const admin = await cluster.createDatabase('traffic_desk')
  await admin.query('SELECT td.allow_carrier($1, 1000, 600)', [carrier.url])
  const keyring = await startKeyring()
  atEnd.defer(keyring.stop)
  const desks: Awaited<ReturnType<typeof openTeamProgram>>[] = []
  for (let at = 0; at < DESKS; at++) {
    const user = `desk_0${at + 1}`
    await admin.query(`CREATE ROLE ${user} LOGIN IN ROLE td_desk`)
    const desk = await openTeamProgram({
      carrier: carrier.url,
      authKey: KEY,
      port: cluster.port,
      user,
      env: keyring.env,
    })
    atEnd.defer(desk.close)
    desks.push(desk)
  }
  await admin.end()

  let asked = 0
  const work = desks.map(async ({ main }, at) => {
    for (let lookup = 0; lookup < LOOKUPS; lookup++) {
      await sleep(pauseOf(at, lookup))
      const account = `090${String(at + 1).padStart(4, '1')}${String(lookup).padStart(4, '0')}`
      asked += 1
      try {
        await main.lookUp(account)
        await main.outcome()
      } catch (error) {
        // The program that is killed has no outcome.
        if (at === 0) return
        throw error
      }
    }
  })
  const [killed, frozen] = desks
  await sleep(8_000)
  killed?.app.process().kill('SIGKILL')
  await sleep(4_000)
  const { pid } = frozen?.app.process() ?? {}
  if (pid !== undefined) {
    process.kill(pid, 'SIGSTOP')
    await sleep(6_000)
    process.kill(pid, 'SIGCONT')
  }
  await sleep(3_000)
  cluster.stop('immediate')
  cluster.start()
  await Promise.all(work)
  return { asked, sent: carrier.requests.length, most: carrier.maxInFlight() }
}
