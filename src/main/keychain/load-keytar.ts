import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'

/** The three of keytar's calls that are safe everywhere: `findCredentials` crashes on a locked Linux keyring. */
export type Keytar = Pick<typeof import('keytar'), 'getPassword' | 'setPassword' | 'deletePassword'>

/**
 * Where the native part of keytar lies: beside the archive, where a system can load it and sign it; inside the
 * archive, from where Electron copies it out at each start; or in a folder, where nothing is packed.
 */
export type KeytarPlace = 'unpacked' | 'packed' | 'folder'

const ARCHIVE = `app.asar${sep}`

/** @param main the path of keytar's main module */
export function keytarPlace(
  main: string,
  { platform, arch, exists }: { platform: string; arch: string; exists: (path: string) => boolean },
): KeytarPlace {
  if (!main.includes(ARCHIVE)) return 'folder'
  const beside = main.replace(ARCHIVE, `app.asar.unpacked${sep}`)
  const native = join(beside, `../../prebuilds/${platform}-${arch}/keytar.node`)
  return exists(native) ? 'unpacked' : 'packed'
}

/**
 * Loads the native module with the first key, so that a machine without it still opens its saved lines.
 *
 * @param onLoaded told once where it was loaded from, or why it was not
 */
export function createLoadKeytar({
  platform,
  arch,
  onLoaded,
}: {
  readonly platform: string
  readonly arch: string
  readonly onLoaded: (loaded: { readonly place: KeytarPlace } | { readonly error: unknown }) => void
}): () => Promise<Keytar> {
  let loading: Promise<Keytar> | null = null

  async function load(): Promise<Keytar> {
    try {
      const module = await import('keytar')
      const main = createRequire(import.meta.url).resolve('keytar')
      onLoaded({ place: keytarPlace(main, { platform, arch, exists: existsSync }) })
      return module.default
    } catch (error) {
      loading = null
      onLoaded({ error })
      throw error
    }
  }

  return () => {
    loading ??= load()
    return loading
  }
}
