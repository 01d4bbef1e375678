import './ui/theme.css'
import i18next from 'i18next'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { bridge } from './bridge.ts'
import { listenForKeys, RunCommandProvider, runCommand } from './commands.ts'
import { startI18n } from './i18n/index.ts'
import { createDeskStore, DeskProvider } from './store/index.ts'

/** How soon after midnight yesterday's figures stop being called today's. */
const CLOCK_MS = 5_000

const app = await bridge.appState()
if (!app.ok) throw new Error(app.failure.code)
const store = createDeskStore(bridge, app.value, {
  monotonic: () => performance.now(),
  now: () => Date.now(),
  failureTitle: (code, language) => i18next.getFixedT(language)(`failure.${code}.title`),
})
await startI18n(app.value.language)

bridge.onCommand(command => runCommand(store, command))
bridge.onStore(state => store.getState().storeChanged(state))
bridge.onKey(key => store.getState().currentChanged({ key }))
listenForKeys(store, app.value.platform)
void store.getState().resume()
setInterval(() => store.getState().tick(), CLOCK_MS)

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
createRoot(root).render(
  <StrictMode>
    <DeskProvider value={store}>
      <RunCommandProvider value={command => runCommand(store, command)}>
        <App />
      </RunCommandProvider>
    </DeskProvider>
  </StrictMode>,
)
