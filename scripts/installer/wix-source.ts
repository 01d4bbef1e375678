import { posix } from 'node:path'
import { idOf, uuidOf } from './ids.ts'

/**
 * The source of the installer for Windows, in the language of WiX 3: Debian's wixl makes an installer of it, and so do
 * candle and light. Its words are ASCII, because wixl loses all others.
 * https://wixtoolset.org/docs/v3/xsd/wix/
 */

const PRODUCT = 'Traffic Desk'
const EXE = 'Traffic Desk.exe'
export const APP_USER_MODEL_ID = 'io.trafficdesk.app'
export const SHORTCUTS = ['StartMenuShortcut', 'DesktopShortcut'] as const

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, mark => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark)

const attributes = (given: Readonly<Record<string, string>>): string =>
  Object.entries(given)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')

const component = (id: string, guid: string, inner: readonly string[]): readonly string[] => [
  `<Component${attributes({ Id: id, Guid: uuidOf(guid), Win64: 'yes' })}>`,
  ...inner,
  '</Component>',
]

const componentOf = (path: string): string => idOf('c', path)

export const fileIdOf = (path: string): string => idOf('f', path)

const fileOf = (path: string, payload: string): readonly string[] =>
  component(componentOf(path), `file ${path}`, [
    `<File${attributes({
      Id: fileIdOf(path),
      Name: posix.basename(path),
      Source: `${payload}/${path}`,
      KeyPath: 'yes',
    })} />`,
  ])

/** The files and folders under `folder`, each file a component of its own, as Windows Installer wants it. */
function tree(paths: readonly string[], payload: string, folder: string): readonly string[] {
  const under = folder === '' ? paths : paths.filter(path => path.startsWith(`${folder}/`))
  const rest = (path: string) => (folder === '' ? path : path.slice(folder.length + 1))
  const folders = [...new Set(under.flatMap(path => rest(path).match(/^([^/]+)\//)?.[1] ?? []))]
  return [
    ...under.filter(path => !rest(path).includes('/')).flatMap(path => fileOf(path, payload)),
    ...folders.flatMap(name => {
      const path = folder === '' ? name : `${folder}/${name}`
      return [
        `<Directory${attributes({ Id: idOf('d', path), Name: name })}>`,
        ...tree(under, payload, path),
        '</Directory>',
      ]
    }),
  ]
}

/** Values under HKLM, all of one component: key, name (none for the key's own value), value. */
type RegistryValue = readonly [key: string, name: string | null, value: string]

const registry = (id: string, values: readonly RegistryValue[]): readonly string[] =>
  component(
    id,
    `registry ${id}`,
    values.map(
      ([key, name, value], at) =>
        `<RegistryValue${attributes({
          Id: `${id}${at}`,
          Root: 'HKLM',
          Key: key,
          ...(name !== null && { Name: name }),
          Type: 'string',
          Value: value,
          ...(at === 0 && { KeyPath: 'yes' }),
        })} />`,
    ),
  )

// "--" ends the switches: whatever stands in a link or a file's name, the program is started with none of them.
const OPEN = `"[INSTALLDIR]${EXE}" -- "%1"`
const ICON = `"[INSTALLDIR]${EXE}",0`
const CLASSES = 'Software\\Classes'

const registries = {
  Installed: [['Software\\Traffic Desk', 'InstallDir', '[INSTALLDIR]']],
  Links: [
    [`${CLASSES}\\trafficdesk`, null, 'URL:Traffic Desk'],
    [`${CLASSES}\\trafficdesk`, 'URL Protocol', ''],
    [`${CLASSES}\\trafficdesk\\DefaultIcon`, null, ICON],
    [`${CLASSES}\\trafficdesk\\shell\\open\\command`, null, OPEN],
  ],
  SetupFiles: [
    [`${CLASSES}\\TrafficDesk.Setup`, null, 'Traffic Desk setup file'],
    [`${CLASSES}\\TrafficDesk.Setup\\DefaultIcon`, null, ICON],
    [`${CLASSES}\\TrafficDesk.Setup\\shell\\open\\command`, null, OPEN],
    [`${CLASSES}\\.tdsetup`, null, 'TrafficDesk.Setup'],
    [`${CLASSES}\\.tdsetup\\OpenWithProgids`, 'TrafficDesk.Setup', ''],
  ],
} as const satisfies Readonly<Record<string, readonly RegistryValue[]>>

const shortcut = (id: (typeof SHORTCUTS)[number], folder: string): readonly string[] => [
  `<Directory Id="${folder}">`,
  ...component(id, `shortcut ${id}`, [
    `<Shortcut${attributes({
      Id: `${id}Link`,
      Name: PRODUCT,
      Description: PRODUCT,
      Target: `[INSTALLDIR]${EXE}`,
      WorkingDirectory: 'INSTALLDIR',
    })}>`,
    // wixl does not know it; build-msi.ts writes it into the table.
    '<?ifndef var.WIXL?>',
    `<ShortcutProperty Key="System.AppUserModel.ID" Value="${APP_USER_MODEL_ID}" />`,
    '<?endif?>',
    '</Shortcut>',
    `<RegistryValue${attributes({
      Root: 'HKCU',
      Key: 'Software\\Traffic Desk',
      Name: id,
      Type: 'integer',
      Value: '1',
      KeyPath: 'yes',
    })} />`,
  ]),
  '</Directory>',
]

const downgrade = 'A newer version of Traffic Desk is already installed.'

/**
 * The whole source.
 *
 * @param paths of every file of the packed folder, relative to it, with slashes
 * @param payload the packed folder, relative to the source, because wixl takes no other
 */
export function wixSource({
  paths,
  payload,
  version,
  manufacturer,
}: {
  readonly paths: readonly string[]
  readonly payload: string
  readonly version: string
  readonly manufacturer: string
}): string {
  const sorted = paths.toSorted()
  const components = [...sorted.map(componentOf), ...Object.keys(registries), 'StartMenuShortcut']
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">',
    `<Product${attributes({
      Id: uuidOf(`product ${version}`),
      Name: PRODUCT,
      Language: '1033',
      Version: version,
      Manufacturer: manufacturer,
      UpgradeCode: uuidOf('upgrades'),
    })}>`,
    `<Package${attributes({
      Description: `${PRODUCT} ${version}`,
      Manufacturer: manufacturer,
      InstallerVersion: '500',
      Compressed: 'yes',
      InstallScope: 'perMachine',
    })} />`,
    '<Media Id="1" Cabinet="files.cab" EmbedCab="yes" />',
    '<?ifdef var.WIXL?>',
    `<MajorUpgrade DowngradeErrorMessage="${downgrade}" />`,
    '<?else?>',
    `<MajorUpgrade Schedule="afterInstallInitialize" DowngradeErrorMessage="${downgrade}" />`,
    '<Property Id="INSTALLDIR" Secure="yes" />',
    '<?endif?>',
    // A file of the old version that is in use is replaced by its new one, and never only removed.
    '<Property Id="REINSTALLMODE" Value="emus" />',
    '<Property Id="REBOOT" Value="ReallySuppress" />',
    '<Property Id="ARPPRODUCTICON" Value="TrafficDesk.ico" />',
    '<Property Id="ARPNOMODIFY" Value="1" />',
    '<Icon Id="TrafficDesk.ico" SourceFile="icon.ico" />',
    // An update goes where the version before was put, unless another folder is named.
    '<Property Id="PREVIOUSDIR">',
    '<RegistrySearch Id="PreviousDir" Root="HKLM" Key="Software\\Traffic Desk" Name="InstallDir" Type="raw" Win64="yes" />',
    '</Property>',
    '<CustomAction Id="KeepFolder" Property="INSTALLDIR" Value="[PREVIOUSDIR]" Impersonate="yes" />',
    '<CustomAction Id="SayFolder" Property="ARPINSTALLLOCATION" Value="[INSTALLDIR]" Impersonate="yes" />',
    '<InstallUISequence>',
    '<Custom Action="KeepFolder" Sequence="60">PREVIOUSDIR AND NOT INSTALLDIR</Custom>',
    '</InstallUISequence>',
    '<InstallExecuteSequence>',
    '<Custom Action="KeepFolder" Sequence="60">PREVIOUSDIR AND NOT INSTALLDIR</Custom>',
    '<Custom Action="SayFolder" Sequence="1010">NOT Installed</Custom>',
    // wixl would remove the old version only after the new one is complete.
    '<?ifdef var.WIXL?>',
    '<RemoveExistingProducts Sequence="1525" />',
    '<?endif?>',
    '</InstallExecuteSequence>',
    '<Directory Id="TARGETDIR" Name="SourceDir">',
    '<Directory Id="ProgramFiles64Folder">',
    `<Directory Id="INSTALLDIR" Name="${PRODUCT}">`,
    ...tree(sorted, payload, ''),
    ...Object.entries(registries).flatMap(([id, values]) => registry(id, values)),
    '</Directory>',
    '</Directory>',
    ...shortcut('StartMenuShortcut', 'ProgramMenuFolder'),
    ...shortcut('DesktopShortcut', 'DesktopFolder'),
    '</Directory>',
    `<Feature Id="Main" Title="${PRODUCT}" Level="1" Absent="disallow" AllowAdvertise="no" ConfigurableDirectory="INSTALLDIR">`,
    ...components.map(id => `<ComponentRef Id="${id}" />`),
    '<Feature Id="Desktop" Title="Desktop shortcut" Level="1" AllowAdvertise="no">',
    '<ComponentRef Id="DesktopShortcut" />',
    '</Feature>',
    '</Feature>',
    '</Product>',
    '</Wix>',
  ]
  return `${lines.join('\n')}\n`
}
