import './ui/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { bridge } from './bridge.ts'
import {
  enterQuickly,
  listenForKeys,
  RunCommandProvider,
  runCommand,
  runFromMenu,
  takeOpened,
} from './commands.ts'
import { startI18n } from './i18n/index.ts'
import { hideWhenIdle } from './idle.ts'
import { createPageStore } from './store/page-store.ts'
import { StoreProvider } from './store/react.ts'

/** How soon after midnight yesterday's figures stop being called today's. */
const CLOCK_MS = 5_000

const app = await bridge.appState()
if (!app.ok) throw new Error(app.failure.code)
const store = createPageStore(bridge, app.value, {
  monotonic: () => performance.now(),
  now: () => Date.now(),
})
await startI18n(app.value.language, app.value.platform)

bridge.onCommand(command => runFromMenu(store, command))
bridge.onStore(state => store.getState().storeChanged(state))
bridge.onKey(key => store.getState().currentChanged({ key }))
bridge.onOpened(() => void takeOpened(store))
bridge.onQuickEntry(account => enterQuickly(store, account))
listenForKeys(store, app.value.platform)
hideWhenIdle(store)
void store.getState().resume()
// Whatever the program was started with.
void takeOpened(store)
setInterval(() => store.getState().tick(), CLOCK_MS)

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
createRoot(root).render(
  <StrictMode>
    <StoreProvider value={store}>
      <RunCommandProvider value={command => runCommand(store, command)}>
        <App />
      </RunCommandProvider>
    </StoreProvider>
  </StrictMode>,
)
