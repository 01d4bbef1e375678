import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../testing/fake-clock.ts'
import { type AuthoritiesRead, createSystemAuthorities } from './authorities.ts'

/** The authorities as a thread of this text reads them. */
function readBy(thread: string) {
  const readings: AuthoritiesRead[] = []
  const authorities = createSystemAuthorities({
    script: new URL(`data:text/javascript,${encodeURIComponent(thread)}`),
    clock: createFakeClock(),
    onRead: reading => void readings.push(reading),
  })
  return { authorities, readings }
}

const PORT = "import { parentPort, threadId } from 'node:worker_threads'\n"
const TWO = `${PORT} parentPort.postMessage(['one', 'two'])`

describe('the authorities of the system', () => {
  it('are read by a thread, once for all who ask', async () => {
    const { authorities, readings } = readBy(`${PORT} parentPort.postMessage([String(threadId)])`)
    expect(authorities.known()).toBeNull()
    const [first, second] = await Promise.all([authorities.read(), authorities.read()])
    const third = await authorities.read()
    expect(Number(first[0])).toBeGreaterThan(0)
    expect(second).toEqual(first)
    expect(third).toEqual(first)
    expect(authorities.known()).toEqual(first)
    expect(readings).toHaveLength(1)
  })

  it('are reported once read: how many they are, and how long that took', async () => {
    const { authorities, readings } = readBy(TWO)
    await authorities.read()
    expect(readings).toEqual([{ count: 2, durationMs: 0, error: undefined }])
  })

  it('are being read until the thread has answered', async () => {
    const { authorities } = readBy(TWO)
    expect(authorities.isReading()).toBe(false)
    const reading = authorities.read()
    expect(authorities.isReading()).toBe(true)
    await reading
    expect(authorities.isReading()).toBe(false)
  })

  it.each([
    ['throws', 'throw new TypeError("the store is broken")'],
    ['ends without a word', ''],
  ])('are none where the thread %s, and are read anew for the next who asks', async (_, thread) => {
    const { authorities, readings } = readBy(thread)
    expect(await authorities.read()).toEqual([])
    expect(authorities.known()).toBeNull()
    expect(await authorities.read()).toEqual([])
    expect(readings).toHaveLength(2)
    expect(readings[0]).toMatchObject({ count: null, error: expect.any(Error) })
  })
})
