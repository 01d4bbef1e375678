import tls from 'node:tls'
import { onTestFinished } from 'vitest'
import { isBoringSsl } from './boringssl.ts'

/** As if the library took keys of any size, as Electron's does; until the test ends. */
export function allowWeakKeys(): void {
  if (isBoringSsl) return
  const { DEFAULT_CIPHERS } = tls
  tls.DEFAULT_CIPHERS = 'DEFAULT:@SECLEVEL=0'
  onTestFinished(() => {
    tls.DEFAULT_CIPHERS = DEFAULT_CIPHERS
  })
}
