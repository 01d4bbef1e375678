import { setTheme, type Theme } from '../chromium/emulation.ts'
import { pages } from '../chromium/page.ts'
import { StrictEmitter } from './emitter.ts'
import { guarded } from './not-implemented.ts'

const sources: readonly Theme[] = ['system', 'light', 'dark']
let source: Theme = 'system'

/** The system's own theme is taken to be light, without high contrast or forced colours. */
class NativeTheme extends StrictEmitter {
  readonly inForcedColorsMode = false
  readonly prefersReducedTransparency = false
  readonly shouldDifferentiateWithoutColor = false
  readonly shouldUseHighContrastColors = false
  readonly shouldUseInvertedColorScheme = false

  constructor() {
    super('nativeTheme', ['updated'])
  }

  get shouldUseDarkColors(): boolean {
    return source === 'dark'
  }

  get themeSource(): Theme {
    return source
  }
  set themeSource(next: Theme) {
    if (!sources.includes(next)) throw new TypeError(`themeSource must be one of ${sources.join(', ')}`)
    if (next === source) return
    source = next
    setTheme(next)
    for (const page of pages) page.applyTheme()
    this.emit('updated')
  }
}

export const nativeTheme = guarded('nativeTheme', new NativeTheme())
