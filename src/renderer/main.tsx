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
import { askForState, catchUp, takeFirstState } from './first-state.ts'
import { startI18n } from './i18n/index.ts'
import { hideWhenIdle } from './idle.ts'
import { readPartsAhead } from './parts.ts'
import { createPageStore } from './store/page-store.ts'
import { StoreProvider } from './store/react.ts'
import { afterPaint } from './ui/after-paint.ts'

/** How soon after midnight yesterday's figures stop being called today's. */
const CLOCK_MS = 5_000

const given = takeFirstState()
const app = given ?? (await askForState(bridge))
const store = createPageStore(bridge, app, {
  monotonic: () => performance.now(),
  now: () => Date.now(),
})
await startI18n(app.language, app.platform)

bridge.onCommand(command => runFromMenu(store, command))
bridge.onStore(state => store.getState().storeChanged(state))
bridge.onKey(key => store.getState().currentChanged({ key }))
bridge.onOpened(() => void takeOpened(store))
bridge.onQuickEntry(account => enterQuickly(store, account))
listenForKeys(store, app.platform)
hideWhenIdle(store)
void store.getState().resume()
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
afterPaint(() => {
  if (given !== null) void catchUp(store, bridge)
  // Whatever the program was started with.
  void takeOpened(store)
  // An act that comes before them waits for its part.
  readPartsAhead()
})
