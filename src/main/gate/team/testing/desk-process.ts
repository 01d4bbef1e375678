import { connect } from 'node:net'
import { fail, ok } from '../../../../domain/result.ts'
import { systemClock } from '../../../clock.ts'
import { openDesk } from './team-desk.ts'

/**
 * One desk in a process of its own, to be killed, frozen and cut off: `node desk-process.ts <engine> <carrier> <name> <how>
 * <host>`, with ports. `hold`: once it has its turn it says so, and sends only when it is told to. `cable`: it is connected
 * before that, and resets what is in flight when its turn is lost; `cable-closed` merely closes it, to show the difference.
 */

const [engine = '', carrier = '', name = '', how = '', host = '127.0.0.1'] = process.argv.slice(2)
const desk = openDesk({ host, port: Number(engine), database: 'gate' }, { name, seen: [] })
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
    const socket = connect(Number(carrier), host)
    const done = Promise.withResolvers<boolean>()
    socket.on('error', () => done.resolve(false))
    socket.once('connect', async () => {
      if (how.startsWith('cable')) {
        tell('connected')
        await mayFire.promise
      }
      if (!turn.holds()) {
        socket.destroy()
        return done.resolve(false)
      }
      socket.write(`${name}\n`)
      tell('sent')
    })
    socket.once('data', () => done.resolve(true))
    signal.addEventListener('abort', () => {
      if (how === 'cable-closed') socket.destroy()
      else socket.resetAndDestroy()
      done.resolve(false)
    })
    const isAnswered = await done.promise
    socket.end()
    return isAnswered ? ok(name) : fail({ code: 'TURN_LOST' })
  },
})
tell({ outcome: outcome.ok ? 'ok' : outcome.failure.code, at: systemClock.now() })
