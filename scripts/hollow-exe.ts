import { NtExecutable, NtExecutableResource, Resource } from 'resedit'

/**
 * A program for Windows that does nothing, with what packaging writes over: its version, and room for icons.
 *
 * @param after what stands behind the program itself
 */
export function hollowExe({
  arch,
  version: number,
  after = new Uint8Array(),
}: {
  readonly arch: 'x64' | 'arm64'
  readonly version: string
  readonly after?: Uint8Array
}): Buffer {
  const exe = NtExecutable.createEmpty(false, false)
  exe.newHeader.fileHeader.machine = arch === 'x64' ? 0x8664 : 0xaa64
  const resources = NtExecutableResource.from(exe, true)
  const version = Resource.VersionInfo.createEmpty()
  const english = 0x0409
  version.setFileVersion(number, english)
  version.setStringValues(
    { lang: english, codepage: 1200 },
    {
      FileDescription: 'Electron',
      ProductName: 'Electron',
      OriginalFilename: 'electron.exe',
      ProductVersion: number,
    },
  )
  version.outputToResourceEntries(resources.entries)
  resources.outputResource(exe)
  exe.setExtraData(after)
  return Buffer.from(exe.generate())
}
