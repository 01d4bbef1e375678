import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { decodeText } from '../../domain/decode-text.ts'
import { fail, ok, type Result } from '../../domain/result.ts'

const LARGEST_REPLY = 64 * 1024

/** The body's text, at most 64 KiB of it on the wire and again once decompressed. */
export async function readBody(
  head: Dispatcher.ResponseData,
): Promise<Result<string, 'unreadable' | 'too-large'>> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of head.body) {
      size += chunk.length
      if (size > LARGEST_REPLY) {
        head.body.destroy()
        return fail('too-large')
      }
      chunks.push(chunk)
    }
    const bytes = await decompressed(Buffer.concat(chunks), headerText(head.headers['content-encoding']))
    return ok(textOf(bytes, headerText(head.headers['content-type'])))
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return fail(tooLarge ? 'too-large' : 'unreadable')
  }
}

export const headerText = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value)?.trim() ?? null

const unzip = {
  gzip: promisify(gunzip),
  zlib: promisify(inflate),
  deflate: promisify(inflateRaw),
  br: promisify(brotliDecompress),
}
const limits = { maxOutputLength: LARGEST_REPLY }

/**
 * We ask for no encoding. A host that uses one all the same is understood by its bytes: what it says of them (`UTF-8`,
 * `none`, gzip for plain text, nothing for gzip) is often wrong. Only Brotli has no mark of its own.
 */
async function decompressed(bytes: Buffer, encoding: string | null): Promise<Buffer> {
  const [first = 0, second = 0] = bytes
  if (first === 0x1f && second === 0x8b) return unzip.gzip(bytes, limits)
  // RFC 1950: method 8, and both bytes a multiple of 31.
  if ((first & 0x0f) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0) {
    return unzip.zlib(bytes, limits)
  }
  if (isText(bytes)) return bytes
  if (encoding?.toLowerCase() === 'br') return unzip.br(bytes, limits)
  // Raw deflate has no mark either: what is no text and can be inflated was that.
  return unzip.deflate(bytes, limits).catch(error => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') throw error
    return bytes
  })
}

/** JSON, HTML or words, in any encoding: it begins with a character that one can see, and has no control characters. */
function isText(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 512)
  return (
    /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*(?:[{["<A-Za-z0-9-]|$)/.test(start.toString('latin1')) &&
    !hasControls(start)
  )
}

const hasControls = (bytes: Buffer): boolean =>
  bytes.some(byte => byte < 0x20 && ![0x09, 0x0a, 0x0d, 0x1b, 0x00].includes(byte))

/** Strict UTF-8 where the bytes are that, then what the host names, then CP932: a code is never lost for its message. */
function textOf(bytes: Buffer, contentType: string | null): string {
  const named = /;\s*charset\s*=\s*"?([\w-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase()
  if (named !== undefined && /^(?:euc-jp|x-euc-jp|iso-2022-jp)$/.test(named)) {
    try {
      return new TextDecoder(named, { fatal: true }).decode(bytes)
    } catch {
      // It is something else, or this system knows no such encoding.
    }
  }
  return decodeText(bytes)
}
