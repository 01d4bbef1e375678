import { expect, test } from 'vitest'
import { carrierOver, newSetup } from './testing/checks.ts'
import { answersWell } from './testing/fault-carrier.ts'
import { askIn } from './testing/lookup-setup.ts'

// The client's tests once more, with the question in a field of a multipart form.
askIn('multipart')
await import('./client.cancel.test.ts')
await import('./client.connection.test.ts')
await import('./client.proxy.test.ts')
await import('./client.reach.test.ts')
await import('./client.reply.test.ts')
await import('./client.tls.test.ts')
await import('./client.wire.test.ts')

test('these questions are asked in that form', async () => {
  const { host, question } = await carrierOver('http', answersWell)
  await newSetup().lookUp(question)
  expect(host.requests[0]?.head).toContain('content-type: multipart/form-data; boundary=')
})
