import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    // Everything but keytar's native module is bundled; that alone is a runtime dependency.
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
    plugins: [react()],
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
