import { describe, expect, it } from 'vitest'
import { ok } from '../../domain/result.ts'
import type { Answer, Query } from './client.ts'
import { createLazyClient } from './lazy-client.ts'

const answer: Answer = {
  result: ok({
    todayKb: 1,
    recentDays: null,
    blacklist: 'unknown',
    carrier: { resultCode: '100', statusCode: null, message: null },
    clockOffMs: 0,
  }),
  rawReply: null,
}

function late() {
  const done: string[] = []
  const client = createLazyClient(async () => {
    done.push('read')
    return {
      getTrafficInfo: async query => {
        done.push(query.account.id)
        return answer
      },
      signIn: async query => {
        done.push(query.oemId)
        return { result: ok('KEY'), rawReply: null }
      },
      close: async () => void done.push('closed'),
    }
  })
  return { done, client }
}

const query = { account: { kind: 'line', id: '09012345678' } } as Query

describe('a client that is read late', () => {
  it('is read once, at the first question or ahead of it', async () => {
    const { done, client } = late()
    expect(done).toEqual([])
    await client.load()
    expect(await client.getTrafficInfo(query)).toBe(answer)
    expect(await client.getTrafficInfo(query)).toBe(answer)
    await client.close()
    expect(done).toEqual(['read', '09012345678', '09012345678', 'closed'])
  })

  it('that was never wanted is not read to be closed', async () => {
    const { done, client } = late()
    await client.close()
    expect(done).toEqual([])
  })
})
