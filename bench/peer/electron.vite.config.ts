import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// Like the program's own: the peer differs in what it does, not in how it is built.
export default defineConfig({
  main: { build: { minify: true } },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    plugins: [react()],
    build: { target: 'chrome140', minify: true, modulePreload: { polyfill: false } },
  },
})
