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
 * We ask for no encoding. Where a host compresses all the same, the first bytes tell how: its header
 * (`UTF-8`, `none`, gzip for plain text, nothing for gzip) is often wrong. Only Brotli has no signature in
 * its bytes, so there the header decides.
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
  // Raw deflate has no signature either: bytes that are not text but can be inflated are taken for it.
  return unzip.deflate(bytes, limits).catch(error => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') throw error
    return bytes
  })
}

/**
 * Whether the bytes are JSON, HTML or words, in any encoding: they begin with a printable character and
 * contain no control characters.
 */
function isText(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 512)
  return (
    /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*(?:[{["<A-Za-z0-9-]|$)/.test(start.toString('latin1')) &&
    !hasControls(start)
  )
}

const hasControls = (bytes: Buffer): boolean =>
  bytes.some(byte => byte < 0x20 && ![0x09, 0x0a, 0x0d, 0x1b, 0x00].includes(byte))

/**
 * Decodes with the Japanese charset that the host names; else the bytes decide (UTF-8, UTF-16 or CP932). A
 * message that can't be decoded must not cost us the result code.
 */
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
