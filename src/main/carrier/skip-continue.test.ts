import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { skipContinue } from './skip-continue.ts'

const CONTINUE = 'HTTP/1.1 100 Continue\r\nx-any: 1\r\n\r\n'
const REPLY = 'HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\nHTTP/1.1 100'

/** What is read after each piece has come. */
function readAll(pieces: readonly string[]): string {
  const socket = new PassThrough()
  skipContinue(socket as never)
  let text = ''
  for (const piece of pieces) {
    socket.write(piece)
    for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) text += chunk
  }
  return text
}

describe('100 Continue that nobody asked for', () => {
  it('is passed over, once or several times, in any pieces, and nothing else is', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 3 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (count, sizes) => {
          const bytes = CONTINUE.repeat(count) + REPLY
          const pieces: string[] = []
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1
            pieces.push(bytes.slice(at, at + size))
            at += size
          }
          expect(readAll(pieces)).toBe(REPLY)
        },
      ),
    )
  })

  it('is looked for at the start of the next reply too, once that is expected', () => {
    const socket = new PassThrough()
    const expectReply = skipContinue(socket as never)
    socket.write(REPLY)
    expect(String(socket.read())).toBe(REPLY)
    expectReply()
    socket.write(CONTINUE + REPLY)
    expect(String(socket.read())).toBe(REPLY)
  })

  it('leaves alone what only begins like one', () => {
    expect(readAll(['HTTP/1.1 101 Switching\r\n\r\n'])).toBe('HTTP/1.1 101 Switching\r\n\r\n')
    expect(readAll(['SSH-2.0-x\r\n'])).toBe('SSH-2.0-x\r\n')
  })
})
