import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { carrierOver, failureOf, newSetup } from './testing/checks.ts'
import { answersWell } from './testing/fault-carrier.ts'
import { AUTH_KEY, LINE, profileFor, type Question } from './testing/lookup-setup.ts'

const query = (
  { origin, profile = {} }: Pick<Question, 'origin' | 'profile'>,
  given: { readonly signal?: AbortSignal; readonly holds?: () => boolean },
) => ({
  account: { kind: 'line', id: LINE } as const,
  authKey: AUTH_KEY,
  origin,
  profile: profileFor(profile),
  signal: new AbortController().signal,
  ...given,
})

test.each(['http', 'https'] as const)(
  'over %s nothing is written once the turn is over, on a new connection and on a kept one',
  async scheme => {
    const { host, question } = await carrierOver(scheme, answersWell)
    const setup = newSetup()
    const lost = await setup.client.getTrafficInfo(query(question, { holds: () => false }))
    expect(failureOf(lost.result)).toEqual({ code: 'TURN_LOST' })
    expect(host.requests).toHaveLength(0)
    await setup.lookUp(question)
    expect(host.requests).toHaveLength(1)
    const again = await setup.client.getTrafficInfo(query(question, { holds: () => false }))
    expect(failureOf(again.result)).toEqual({ code: 'TURN_LOST' })
    expect(host.requests).toHaveLength(1)
  },
)

test('whether the turn holds is asked once a request, when it is written', async () => {
  const { host, question } = await carrierOver('http', answersWell)
  const setup = newSetup()
  const asked: number[] = []
  const { result } = await setup.client.getTrafficInfo(
    query(question, {
      holds() {
        asked.push(host.requests.length)
        return true
      },
    }),
  )
  expect(result.ok).toBe(true)
  expect(asked).toEqual([0])
})

test.each([
  ['a lost turn', { code: 'TURN_LOST' } as const, 'ECONNRESET'],
  ['a cancel', undefined, null],
])('%s ends the connection in flight in its own way', async (_, reason, expected) => {
  const heard = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<string | null>()
  const server = createServer(socket => {
    socket.once('data', () => heard.resolve())
    socket.on('error', (error: NodeJS.ErrnoException) => ended.resolve(error.code ?? ''))
    socket.on('end', () => ended.resolve(null))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const setup = newSetup()
  const abort = new AbortController()
  const asked = setup.client.getTrafficInfo(
    query({ origin: `http://127.0.0.1:${port}` }, { signal: abort.signal }),
  )
  await heard.promise
  abort.abort(reason)
  expect(failureOf((await asked).result)).toEqual(reason ?? { code: 'CANCELLED' })
  expect(await ended.promise).toBe(expected)
  server.close()
})
