import { once } from 'node:events'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  authority,
  CA_FILE,
  carrierOver,
  expectRecorded,
  expectRecovery,
  failureOf,
  listenToTheLine,
  newSetup,
  onlyFirst,
} from './testing/checks.ts'
import { answer, answersWell, goodBody, type Script } from './testing/fault-carrier.ts'
import { LINE } from './testing/lookup-setup.ts'

const schemes = ['http', 'https'] as const

describe.each(schemes)('a kept-alive connection ends, over %s', scheme => {
  const answersOnce = (then: Script): Script =>
    onlyFirst(async visit => {
      await visit.request()
      await visit.send(answer(200, goodBody(LINE)))
      await then(visit)
    })

  test.each(['reset', 'end'] as const)(
    'a %s when the next question comes is told, and never a second POST',
    async how => {
      const { host, question } = await carrierOver(
        scheme,
        answersOnce(async visit => {
          await visit.request()
          visit[how]()
        }),
      )
      const setup = newSetup()
      expect(await setup.lookUp(question)).toMatchObject({ ok: true })
      expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'UNREACHABLE' })
      expectRecorded(setup, { code: 'UNREACHABLE' })
      expect(host.requests.map(request => request.connection)).toEqual([1, 1])
      await expectRecovery(setup, host, question)
      expect(host.requests.map(request => request.connection)).toEqual([1, 1, 2])
    },
  )

  test.each(['reset', 'end'] as const)(
    'a %s while nobody asks costs nothing: the next question takes a new connection',
    async how => {
      const { host, question } = await carrierOver(
        scheme,
        answersOnce(visit => visit[how]()),
      )
      const setup = newSetup()
      expect(await setup.lookUp(question)).toMatchObject({ ok: true })
      await host.until('the first connection is gone', () => host.open() === 0)
      await listenToTheLine()
      await expectRecovery(setup, host, question)
      expect(host.requests.map(request => request.connection)).toEqual([1, 2])
    },
  )

  test('a reset that races with the next question is at most one POST', async () => {
    for (let round = 0; round < 20; round++) {
      const { host, question } = await carrierOver(
        scheme,
        answersOnce(visit => visit.reset()),
      )
      const setup = newSetup()
      expect(await setup.lookUp(question)).toMatchObject({ ok: true })
      const second = await setup.lookUp(question)
      if (!second.ok) expect(second.failure).toEqual({ code: 'UNREACHABLE' })
      expect(host.requests.length).toBeLessThanOrEqual(2)
      await setup.client.close()
      await host.stop()
    }
  })

  test.each(['reset', 'end'] as const)(
    'a %s before the first answer is told, and never a second POST',
    async how => {
      const { host, question } = await carrierOver(scheme, async visit => {
        await visit.request()
        visit[how]()
      })
      const setup = newSetup()
      expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'UNREACHABLE' })
      expect(host.requests).toHaveLength(1)
      await expectRecovery(setup, host, question)
      expect(host.requests).toHaveLength(2)
    },
  )
})

describe('HTTP/2', () => {
  test('a carrier that could speak HTTP/2 is spoken to in HTTP/1.1, which never repeats a stream', async () => {
    const { cert, key } = authority().issue()
    const server = createSecureServer({ cert, key, allowHTTP1: true })
    const versions: string[] = []
    server.on('request', (request, response) => {
      versions.push(request.httpVersion)
      response.end(goodBody(LINE))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const setup = newSetup()
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`
    expect(await setup.lookUp({ origin, profile: { caFile: CA_FILE } })).toMatchObject({ ok: true })
    await setup.client.close()
    expect(versions).toEqual(['1.1'])
  })

  test('an HTTP/2 stream refused by the carrier is never posted a second time', async () => {
    const { cert, key } = authority().issue()
    const server = createSecureServer({ cert, key })
    let posts = 0
    server.on('stream', stream => {
      posts++
      stream.on('error', () => {})
      stream.close(7) // REFUSED_STREAM
    })
    server.on('sessionError', () => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const setup = newSetup()
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`
    const outcome = await setup.lookUp({ origin, profile: { caFile: CA_FILE } })
    expect(outcome.ok).toBe(false)
    await setup.client.close()
    expect(posts).toBeLessThanOrEqual(1)
  })
})

describe.each(schemes)('keep-alive over %s', scheme => {
  test('two hundred lookups in a row use one socket and leave nothing behind', async () => {
    const { host, question } = await carrierOver(scheme, answersWell)
    const setup = newSetup()
    const ask = async () => {
      expect(await setup.lookUp(question)).toMatchObject({ ok: true })
    }
    const warnings: Error[] = []
    const warned = (warning: Error) => warnings.push(warning)
    process.on('warning', warned)
    onTestFinished(() => void process.off('warning', warned))
    const resources = () =>
      process
        .getActiveResourcesInfo()
        .filter(kind => kind !== 'Immediate')
        .sort()
    for (let round = 0; round < 20; round++) await ask()
    const before = resources()
    for (let round = 0; round < 180; round++) await ask()
    expect(host.connections()).toBe(1)
    expect(host.requests).toHaveLength(200)
    expect(host.maxInFlight()).toBe(1)
    expect(resources().length).toBeLessThanOrEqual(before.length + 2)
    expect(setup.clock.pending).toBe(0)
    expect(warnings.filter(warning => warning.name === 'MaxListenersExceededWarning')).toEqual([])
    await setup.client.close()
    await host.until('the socket is closed', () => host.open() === 0)
  })
})
