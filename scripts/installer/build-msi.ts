import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  lutimesSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../run.ts'
import { uuidOf } from './ids.ts'
import { rowsOf, tableNames } from './tables.ts'
import { tool, wixFolder } from './tools.ts'
import { APP_USER_MODEL_ID, fileIdOf, SHORTCUTS, wixSource } from './wix-source.ts'

export interface Installer {
  /** The packed folder. */
  readonly from: string
  /** Where the installer is put. */
  readonly to: string
  readonly version: string
  readonly manufacturer: string
  /** When it is made, as far as the installer says: the same source gives the same bytes. */
  readonly at: Date
}

/**
 * Makes an installer for Windows of a packed folder: with wixl on Linux, with candle and light on Windows.
 *
 * @throws where a tool fails, with what it said
 */
export function buildMsi(installer: Installer): void {
  const work = mkdtempSync(join(tmpdir(), 'traffic-desk-installer-'))
  try {
    const payload = join(work, 'payload')
    cpSync(installer.from, payload, { recursive: true })
    copyFileSync(join(root, 'resources/icon.ico'), join(work, 'icon.ico'))
    const paths = filesUnder(payload)
    for (const path of [join(work, 'icon.ico'), ...paths.map(path => join(payload, path))])
      lutimesSync(path, installer.at, installer.at)
    writeFileSync(join(work, 'traffic-desk.wxs'), wixSource({ ...installer, paths, payload: 'payload' }))
    if (process.platform === 'win32') withWix(work)
    else withWixl(work, paths, installer)
    copyFileSync(join(work, 'traffic-desk.msi'), installer.to)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ name, parentPath }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )

/** light runs Microsoft's own consistency checks (ICE) over what it makes. */
function withWix(work: string): void {
  const wix = wixFolder()
  tool(join(wix, 'candle.exe'), ['-nologo', '-arch', 'x64', 'traffic-desk.wxs'], { cwd: work })
  tool(join(wix, 'light.exe'), ['-nologo', '-spdb', '-o', 'traffic-desk.msi', 'traffic-desk.wixobj'], {
    cwd: work,
  })
}

function withWixl(work: string, paths: readonly string[], { at }: Installer): void {
  tool('wixl', ['-a', 'x64', '-D', 'WIXL=1', '-o', 'traffic-desk.msi', 'traffic-desk.wxs'], { cwd: work })
  const msi = join(work, 'traffic-desk.msi')
  tool('msibuild', [msi, '-q', ...whatWixlLeavesOut(join(work, 'payload'), paths)])
  settle(msi, work, at)
}

/** What wixl 0.101 can't write, as changes of the tables. */
function whatWixlLeavesOut(payload: string, paths: readonly string[]): readonly string[] {
  const versions = paths.flatMap(path => {
    const version = /\.(?:exe|dll)$/i.test(path) ? fileVersion(join(payload, path)) : null
    const id = fileIdOf(path)
    // Without it a file with a version that is there already would be taken for the newer one.
    return version === null
      ? []
      : [
          `UPDATE \`File\` SET \`Version\`='${version}', \`Language\`='1033' WHERE \`File\`='${id}'`,
          `DELETE FROM \`MsiFileHash\` WHERE \`File_\`='${id}'`,
        ]
  })
  const columns = ['MsiShortcutProperty', 'Shortcut_', 'PropertyKey', 'PropVariantValue'].map(
    name => `\`${name}\``,
  )
  const kinds = ['CHAR(72)', 'CHAR(72)', 'CHAR(0)', 'CHAR(0)']
  return [
    ...versions,
    `CREATE TABLE \`MsiShortcutProperty\` (${columns.map((name, at) => `${name} ${kinds[at]} NOT NULL`).join(', ')} PRIMARY KEY ${columns[0]})`,
    ...SHORTCUTS.map(
      id =>
        `INSERT INTO \`MsiShortcutProperty\` (${columns.join(', ')}) VALUES ('${id}Name', '${id}Link', 'System.AppUserModel.ID', '${APP_USER_MODEL_ID}')`,
    ),
    // Neither feature is advertised, and the program itself can't be left out.
    "UPDATE `Feature` SET `Attributes`=24 WHERE `Feature`='Main'",
    "UPDATE `Feature` SET `Attributes`=8 WHERE `Feature`='Desktop'",
    "UPDATE `Property` SET `Value`='INSTALLDIR;WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED' WHERE `Property`='SecureCustomProperties'",
  ]
}

/** Where a program's or a library's version stands: its signature and the version of the structure. */
const FIXED_FILE_INFO = Buffer.from('bd04effe00000100', 'hex')

/**
 * The version that Windows reads in a program or a library; null where it has none. It is looked for by its signature,
 * because resedit reads no file with anything behind its resources.
 * https://learn.microsoft.com/windows/win32/api/verrsrc/ns-verrsrc-vs_fixedfileinfo
 */
export function fileVersion(path: string): string | null {
  const bytes = readFileSync(path)
  const at = bytes.indexOf(FIXED_FILE_INFO)
  if (at < 0) return null
  const [high, low] = [bytes.readUInt32LE(at + 8), bytes.readUInt32LE(at + 12)]
  return [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join('.')
}

/** Gives the installer a time that is told and an id of its content, in the place of now and of chance. */
function settle(msi: string, work: string, at: Date): void {
  const hash = createHash('sha256')
  for (const name of tableNames(msi)) hash.update(rowsOf(msi, name, work).toSorted().join('\n'))
  hash.update(tool('msiinfo', ['extract', msi, 'files.cab'], { binary: true }))
  const package_ = `{${uuidOf(`package ${hash.digest('hex')}`)}}`
  const time = at.toISOString().replaceAll('-', '/').replace('T', ' ').slice(0, 19)
  const kept: Readonly<Record<string, string>> = { '9': package_, '12': time, '13': time }
  const summary = tool('msiinfo', ['export', msi, '_SummaryInformation'])
    .toString()
    .split(/\r?\n/)
    .map(line => {
      const [property = '', ...value] = line.split('\t')
      return [property, kept[property] ?? value.join('\t')]
        .filter((_, index) => index === 0 || value.length > 0)
        .join('\t')
    })
  const idt = join(work, 'summary.idt')
  writeFileSync(idt, summary.join('\r\n'))
  tool('msibuild', [msi, '-i', idt])
  renameSync(idt, join(work, 'summary.done'))
}
