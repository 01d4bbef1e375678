import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { IconIcns, IconIco } from '@shockpkg/icon-encoder'
import { root } from './run.ts'

/** `npm run icons`: makes the icons of each system out of resources/icon.svg. */

/** The sizes at which Windows shows an icon, from a title bar to a folder's largest view, at every scale of the screen. */
const WINDOWS = [16, 20, 24, 32, 40, 48, 64, 256] as const

/** https://developer.apple.com/design/human-interface-guidelines/app-icons: each size, and that of half its points at 2x. */
const MAC = [
  [16, ['ic04']],
  [32, ['ic05', 'ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
] as const

const WINDOW = 512

/** Every icon, by its path in the repository. */
export async function icons(): Promise<Readonly<Record<string, Uint8Array>>> {
  const svg = readFileSync(join(root, 'resources/icon.svg'))
  const png = (size: number) => new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng()
  const ico = new IconIco()
  // Only the largest may be compressed: older parts of Windows read no PNG in the others.
  for (const size of WINDOWS) await ico.addFromPng(png(size), size === 256, false)
  const icns = new IconIcns()
  icns.toc = true
  for (const [size, types] of MAC) await icns.addFromPng(png(size), types, false)
  return {
    'resources/icon.ico': ico.encode(),
    'resources/icon.icns': icns.encode(),
    'resources/icon.png': png(WINDOW),
  }
}

if (import.meta.main)
  for (const [path, bytes] of Object.entries(await icons())) writeFileSync(join(root, path), bytes)
