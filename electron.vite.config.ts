import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import sbom from 'rollup-plugin-sbom'

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
    build: {
      target: 'chrome140',
      minify: true,
      modulePreload: { polyfill: false },
      // Two scripts and one style sheet at start: what the page shares with its later chunks is one file, not eight.
      cssCodeSplit: false,
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } } },
    },
  },
})
