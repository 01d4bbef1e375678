import { expect, test } from 'vitest'
import type { Profile } from '../../../contract/profile.ts'
import { carrierOver, newSetup } from './checks.ts'
import { answersWell } from './fault-carrier.ts'
import { askIn } from './lookup-setup.ts'

/** The client's tests once more, with every question in another form; `contentType` shows that it is. */
export async function clientTestsIn(form: Profile['body'], contentType: string): Promise<void> {
  askIn(form)
  await import('../client.cancel.test.ts')
  await import('../client.connection.test.ts')
  await import('../client.proxy.test.ts')
  await import('../client.reach.test.ts')
  await import('../client.reply.test.ts')
  await import('../client.tls.test.ts')
  await import('../client.wire.test.ts')

  test('these questions are asked in that form', async () => {
    const { host, question } = await carrierOver('http', answersWell)
    await newSetup().lookUp(question)
    expect(host.requests[0]?.head).toContain(`content-type: ${contentType}`)
  })
}
