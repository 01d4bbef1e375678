import { notImplemented, refuseUnknownKeys } from './not-implemented.ts'

/** Understood, or without any effect that a page or a test could see. */
const windowOptions = [
  'title',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'x',
  'y',
  'center',
  'show',
  'backgroundColor',
  'name',
  'windowStatePersistence',
  'icon',
  'autoHideMenuBar',
  'titleBarStyle',
  'webPreferences',
]

const webPreferences = [
  'preload',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'nodeIntegrationInWorker',
  'nodeIntegrationInSubFrames',
  'webSecurity',
  'webviewTag',
  'allowRunningInsecureContent',
  'experimentalFeatures',
  'spellcheck',
  'navigateOnDragDrop',
  'devTools',
  'backgroundThrottling',
  'safeDialogs',
  'disableBlinkFeatures',
  'enableBlinkFeatures',
]

/** Values that would confine a page less. The stand-in can't honour them, and refusing each is right. */
const refused: readonly (readonly [keyof Electron.WebPreferences, boolean])[] = [
  ['sandbox', false],
  ['contextIsolation', false],
  ['nodeIntegration', true],
  ['nodeIntegrationInWorker', true],
  ['nodeIntegrationInSubFrames', true],
  ['webSecurity', false],
  ['webviewTag', true],
  ['allowRunningInsecureContent', true],
  ['experimentalFeatures', true],
  ['navigateOnDragDrop', true],
  ['spellcheck', true],
]

/** Throws for an option that the stand-in would have to ignore. */
export function checkWindowOptions(options: Electron.BrowserWindowConstructorOptions): void {
  refuseUnknownKeys('BrowserWindow option', options, windowOptions)
  const preferences = options.webPreferences ?? {}
  refuseUnknownKeys('webPreferences option', preferences, webPreferences)
  for (const [name, value] of refused)
    if (preferences[name] === value) throw notImplemented(`webPreferences { ${name}: ${value} }`)
  for (const name of ['disableBlinkFeatures', 'enableBlinkFeatures'] as const)
    if (preferences[name]) throw notImplemented(`webPreferences.${name} for one window`)
  if (options.titleBarStyle && options.titleBarStyle !== 'default')
    throw notImplemented(`titleBarStyle '${options.titleBarStyle}'`)
}
