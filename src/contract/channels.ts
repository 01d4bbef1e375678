import type { Events, Method } from './bridge.ts'

/** The contract's methods and events by name, and the IPC channel of each. */

export const methodNames = Object.keys({
  appState: 0,
  lookUp: 0,
  joinLookup: 0,
  cancelLookup: 0,
  tryKeyAgain: 0,
  storedLookup: 0,
  openLookup: 0,
  listing: 0,
  history: 0,
  rawReply: 0,
  storedDays: 0,
  clearHistory: 0,
  forgetCustomer: 0,
  savedAccounts: 0,
  savedAccount: 0,
  keptAccounts: 0,
  saveAccount: 0,
  editSavedAccount: 0,
  removeSavedAccount: 0,
  importSavedAccounts: 0,
  exportSavedAccounts: 0,
  exportSettings: 0,
  importSettings: 0,
  saveProfile: 0,
  changeProfile: 0,
  startDemo: 0,
  selectProfile: 0,
  removeProfile: 0,
  saveAuthKey: 0,
  saveOemKey: 0,
  deleteKeys: 0,
  saveProxyLogin: 0,
  saveTeamPassword: 0,
  testTeam: 0,
  signIn: 0,
  changeSettings: 0,
  copy: 0,
  exportLookups: 0,
  cancelExport: 0,
  openLink: 0,
} satisfies Record<Method, 0>) as readonly Method[]

export const eventNames = Object.keys({
  gate: 0,
  key: 0,
  store: 0,
  command: 0,
  progress: 0,
  trouble: 0,
  quickEntry: 0,
  locked: 0,
} satisfies Record<keyof Events, 0>) as readonly (keyof Events)[]

export const channelOf = (name: Method | keyof Events): string => `bridge:${name}`
