import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, test as everywhere, expect } from 'vitest'
import { createInstanceLock, type SecondInstance } from './single-instance.ts'

// The stand-in needs Linux: only its kernel has an abstract namespace of sockets.
const test = everywhere.skipIf(process.platform !== 'linux')

const message: SecondInstance = {
  argv: ['electron', '.', '--from-second'],
  workingDirectory: '/somewhere',
  additionalData: { file: 'ticket.txt', when: new Date(0) },
}

let userData: string
let holders: ChildProcess[]
beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'single-instance-'))
  holders = []
})
afterEach(() => {
  for (const holder of holders) holder.kill('SIGKILL')
  rmSync(userData, { recursive: true })
})

/** A process that holds the lock and prints what it is told; the first thing it prints is whether it got the lock. */
function holdElsewhere() {
  const script = `
    import { createInstanceLock } from ${JSON.stringify(join(import.meta.dirname, 'single-instance.ts'))}
    const print = value => console.log(JSON.stringify(value))
    const lock = createInstanceLock(() => ${JSON.stringify(userData)}, print)
    print(lock.request({ argv: [], workingDirectory: '', additionalData: null }))
    process.stdin.on('data', () => { lock.release(); print('released') })
  `
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  holders.push(holder)
  const lines = createInterface(holder.stdout)[Symbol.asyncIterator]()
  return { holder, next: async () => JSON.parse((await lines.next()).value ?? 'null') }
}
const lockHere = () =>
  createInstanceLock(
    () => userData,
    () => {},
  )

test('the first gets the lock, and asking again does not lose it', () => {
  const lock = lockHere()
  expect(lock.has()).toBe(false)
  expect([lock.request(message), lock.request(message), lock.has()]).toEqual([true, true, true])
  lock.release()
  expect(lock.has()).toBe(false)
})

test('the second is refused, and the first has then been told everything', async () => {
  const first = holdElsewhere()
  expect(await first.next()).toBe(true)
  const lock = lockHere()
  expect([lock.request(message), lock.has()]).toEqual([false, false])
  expect(await first.next()).toEqual(JSON.parse(JSON.stringify(message)))
})

test('every further launch is told of', async () => {
  const first = holdElsewhere()
  expect(await first.next()).toBe(true)
  for (const file of ['a', 'b']) {
    expect(lockHere().request({ ...message, additionalData: file })).toBe(false)
    expect((await first.next()).additionalData).toBe(file)
  }
})

test('the lock is free as soon as its holder was killed', async () => {
  const first = holdElsewhere()
  expect(await first.next()).toBe(true)
  first.holder.kill('SIGKILL')
  await once(first.holder, 'exit')
  const lock = lockHere()
  expect(lock.request(message)).toBe(true)
  lock.release()
})

test('the lock is free when its holder released it', async () => {
  const first = holdElsewhere()
  expect(await first.next()).toBe(true)
  first.holder.stdin?.write('release\n')
  expect(await first.next()).toBe('released')
  const lock = lockHere()
  expect(lock.request(message)).toBe(true)
  lock.release()
})

test('another userData directory is another lock', async () => {
  const first = holdElsewhere()
  expect(await first.next()).toBe(true)
  const other = mkdtempSync(join(tmpdir(), 'single-instance-'))
  const lock = createInstanceLock(
    () => other,
    () => {},
  )
  expect(lock.request(message)).toBe(true)
  lock.release()
  rmSync(other, { recursive: true })
})
