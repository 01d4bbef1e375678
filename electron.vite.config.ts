import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import sbom from 'rollup-plugin-sbom'
import type { Rolldown } from 'vite'

/** What is bundled, listed where `npm run sbom` asks for it: the same program comes of it either way. */
const listed =
  process.env['SBOM'] === undefined
    ? []
    : [
        sbom({
          outDir: 'cyclonedx',
          outFormats: ['json'],
          specVersion: '1.6',
          includeWellKnown: false,
          generateSerial: false,
          saveTimestamp: false,
        }),
      ]

const PAGE = fileURLToPath(new URL('src/renderer/index.html', import.meta.url))
let start: Set<string> | null = null

/** Whether a module is read before the first frame: the page's document imports it, itself or by others. */
function isOfStart(id: string, modules: Pick<Rolldown.PluginContext, 'getModuleInfo'>): boolean {
  start ??= importedBy([PAGE], modules)
  return start.has(id)
}

function importedBy(
  ids: readonly string[],
  modules: Pick<Rolldown.PluginContext, 'getModuleInfo'>,
  seen = new Set<string>(),
): Set<string> {
  for (const id of ids) {
    if (seen.has(id)) continue
    importedBy(modules.getModuleInfo(id)?.importedIds ?? [], modules, seen.add(id))
  }
  return seen
}

export default defineConfig({
  main: {
    // Everything but the two native modules is bundled; they alone are runtime dependencies.
    plugins: listed,
    build: {
      sourcemap: true,
      minify: true,
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          'store-thread': 'src/main/store/maintenance-thread.ts',
          'authorities-thread': 'src/main/carrier/authorities-thread.ts',
        },
      },
    },
  },
  preload: {
    // A sandboxed preload is one CommonJS file.
    build: {
      externalizeDeps: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    plugins: [react(), ...listed],
    // The document's first frame names the same classes.
    css: { modules: { generateScopedName: (name, file) => `${basename(file, '.module.css')}-${name}` } },
    build: {
      target: 'chrome140',
      minify: true,
      // A file of the program itself is there at once.
      modulePreload: false,
      // One script and one style sheet at start, and one for what later parts share: each file more is a round trip.
      cssCodeSplit: false,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: (id, modules) => (isOfStart(id, modules) ? 'start' : null), debugName: 'start' },
              { name: 'parts', minShareCount: 2 },
            ],
          },
        },
      },
    },
  },
})
