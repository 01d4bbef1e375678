import type { ElectronApplication } from '@playwright/test'
import { type Failure, type FailureCode, refusals } from '../src/domain/failure.ts'

/** A failure of each code as the main process would give it. */
export function failureOf(code: FailureCode): Failure {
  const refusal = Object.entries(refusals).find(([, name]) => name === code)
  if (refusal) {
    return { code, carrier: { resultCode: refusal[0], statusCode: '500', message: 'NG' } } as Failure
  }
  switch (code) {
    case 'UNKNOWN_RESULT':
      return {
        code,
        carrier: { resultCode: '999', statusCode: '200', message: 'Maintenance <b>until 6:00</b>' },
      }
    case 'TLS':
      return { code, reason: 'expired' }
    case 'PROXY':
      return { code, httpStatus: 502 }
    case 'PROXY_LOGIN':
      return { code, proxy: 'http://proxy.example.jp:8080', wrong: true }
    case 'PROXY_SCHEME':
      return { code, schemes: ['Negotiate', 'NTLM'] }
    case 'SERVER':
      return { code, httpStatus: 503 }
    case 'REDIRECT':
      return { code, httpStatus: 302 }
    case 'BAD_REPLY':
      return { code, httpStatus: 200 }
    case 'RATE_LIMITED':
      return { code, opensInMs: 120_000 }
    case 'BUDGET_SPENT':
      return { code, opensInMs: 1_500_000 }
    case 'POLICY_INVALID':
      return { code, keys: ['Profiles'] }
    case 'SETUP_EXISTS':
      return { code, name: 'Operator' }
    case 'GATE_CLOSED':
      return { code, reason: 'key-rejected', opensInMs: null }
    default:
      return { code } as Failure
  }
}

/** Lets the main process answer every lookup with one failure, so that its card can be seen. */
export async function failEveryLookup(app: ElectronApplication, code: FailureCode): Promise<void> {
  await app.evaluate(({ ipcMain }, failure) => {
    ipcMain.removeHandler('bridge:lookUp')
    ipcMain.handle('bridge:lookUp', () => ({ ok: false, failure }))
  }, failureOf(code))
}
