/** Entry of the stand-in: reads Electron's command line, starts Chromium, runs the app. */
import inspector from 'node:inspector'
import { createRequire, registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { electronVersion, findApplication } from './application.ts'
import { parseArguments } from './argv.ts'
import { Chromium } from './chromium/chromium.ts'
import { setChromium, setHost } from './host.ts'

const executable = join(import.meta.dirname, 'electron')
const argv = [executable, ...process.argv.slice(2)]
const args = parseArguments(argv.slice(1))

const facts = { type: 'browser', resourcesPath: import.meta.dirname, defaultApp: true, execPath: executable }
for (const [name, value] of Object.entries(facts))
  Object.defineProperty(process, name, { value, configurable: true, writable: true, enumerable: true })
Object.defineProperty(process.versions, 'electron', { value: electronVersion(), enumerable: true })
Object.defineProperty(process.versions, 'chrome', { value: 'stand-in', enumerable: true, configurable: true })
process.argv = [...argv]

if (args.inspect) inspector.open(args.inspect.port, args.inspect.host, false)

const electronUrl = new URL('./api/electron.ts', import.meta.url).href
const electronNames = new Set(['electron', 'electron/main', 'electron/common'])
registerHooks({
  resolve: (specifier, context, next) =>
    electronNames.has(specifier)
      ? { url: electronUrl, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

const application = findApplication(args.target)
setHost({ executable, argv, arguments: args, application })
// Only now: what these modules export depends on the app.
const { app, becomeReady, isExiting, switches } = await import('./api/app.ts')

process.on('SIGINT', () => app.quit())
process.on('SIGTERM', () => app.quit())
process.on('SIGHUP', () => app.quit())

/** Chromium takes no switches after its start, so it starts when the app's entry has appended its own. */
async function startChromium(): Promise<void> {
  const chromium = await Chromium.start({
    profile: join(app.getPath('sessionData'), 'chromium-profile'),
    switches,
    debuggingPort: args.switches.get('remote-debugging-port'),
  })
  setChromium(chromium)
  const { prepareBrowser } = await import('./chromium/prepare-browser.ts')
  await prepareBrowser(chromium.connection)
  void chromium.connection.closed.then(() => app.exit(1))
}

try {
  const require = createRequire(join(process.cwd(), 'noop.js'))
  for (const preload of args.preloads) require(preload)
  await import(pathToFileURL(application.entry).href)
  if (!isExiting()) {
    await startChromium()
    becomeReady()
  }
} catch (error) {
  console.error('App threw an error during load\n', error)
  app.exit(1)
}
