import { readFileSync } from 'node:fs'
import { guarded, notImplemented } from './not-implemented.ts'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** A PNG, held as its bytes; anything else is an empty image, as in Electron. */
class NativeImage {
  declare private readonly png: Buffer

  constructor(bytes: Buffer) {
    const png = bytes.subarray(0, 8).equals(signature) ? bytes : Buffer.alloc(0)
    Object.defineProperty(this, 'png', { value: png })
  }

  isEmpty(): boolean {
    return this.png.length === 0
  }

  /** The bytes as they came: Electron would encode them anew. */
  toPNG(options?: Electron.ToPNGOptions): Buffer {
    if (options?.scaleFactor && options.scaleFactor !== 1)
      throw notImplemented('nativeImage.toPNG with a scale')
    return Buffer.from(this.png)
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.png.toString('base64')}`
  }

  /** From the IHDR chunk, which always comes first. */
  getSize(): Electron.Size {
    if (this.isEmpty()) return { width: 0, height: 0 }
    return { width: this.png.readUInt32BE(16), height: this.png.readUInt32BE(20) }
  }
}

const make = (bytes: Buffer) =>
  guarded('nativeImage', new NativeImage(bytes)) as unknown as Electron.NativeImage

export const nativeImage = guarded('nativeImage', {
  createEmpty: () => make(Buffer.alloc(0)),
  createFromBuffer(buffer: Buffer, options?: Electron.CreateFromBufferOptions) {
    if (options) throw notImplemented('nativeImage.createFromBuffer with options')
    return make(Buffer.from(buffer))
  },
  createFromPath(path: string) {
    try {
      return make(readFileSync(path))
    } catch {
      return make(Buffer.alloc(0))
    }
  },
  createFromDataURL(dataURL: string) {
    const [, base64 = ''] = /^data:image\/png;base64,(.*)$/s.exec(dataURL) ?? []
    return make(Buffer.from(base64, 'base64'))
  },
})
