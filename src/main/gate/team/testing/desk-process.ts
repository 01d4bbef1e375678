import { connect } from 'node:net'
import { fail, ok } from '../../../../domain/result.ts'
import { systemClock } from '../../../clock.ts'
import { openDesk } from './team-desk.ts'

/**
 * One desk in a process of its own, to be killed and frozen: `node desk-process.ts <engine> <carrier> <name> <how>`, with
 * ports. `how` is `hold`: once it has its turn it says so, and sends only when it is told to.
 */

const [engine = '', carrier = '', name = '', how = ''] = process.argv.slice(2)
const desk = openDesk({ port: Number(engine), database: 'gate' }, { name, seen: [] })
const mayFire = Promise.withResolvers<void>()
process.on('message', message => {
  if (message === 'send') mayFire.resolve()
  if (message === 'end') process.exit(0)
})
const tell = (message: unknown) => process.send?.(message)

const outcome = await desk.gate.run({
  key: name,
  account: { kind: 'line', id: '09012345678' },
  profileId: 'profile',
  limits: desk.limits,
  keyPrint: 1,
  failureOf: () => null,
  async query(signal, turn) {
    tell('granted')
    if (how === 'hold') await mayFire.promise
    // The fence, in the tick in which the bytes are written.
    const socket = connect(Number(carrier), '127.0.0.1')
    const done = Promise.withResolvers<boolean>()
    socket.on('error', () => done.resolve(false))
    socket.once('connect', () => {
      if (!turn.holds()) {
        socket.destroy()
        return done.resolve(false)
      }
      socket.write(`${name}\n`)
      tell('sent')
    })
    socket.once('data', () => done.resolve(true))
    signal.addEventListener('abort', () => {
      socket.resetAndDestroy()
      done.resolve(false)
    })
    const isAnswered = await done.promise
    socket.end()
    return isAnswered ? ok(name) : fail({ code: 'TURN_LOST' })
  },
})
tell({ outcome: outcome.ok ? 'ok' : outcome.failure.code, at: systemClock.now() })
