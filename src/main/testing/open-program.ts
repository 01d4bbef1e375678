import { ok } from '../../domain/result.ts'
import { noAuthorities } from '../carrier/testing/no-authorities.ts'
import { systemClock as clock } from '../clock.ts'
import { createBuiltInSimulator } from '../demo/built-in.ts'
import { noPolicy } from '../policy/policy.ts'
import { createProgram } from '../program.ts'
import type { Program, System } from '../system.ts'

/** A run of the program on this folder, as Electron would begin it; there is no keychain. */
export const openProgram = (given: Pick<System, 'folder'> & Partial<System>): Program =>
  createProgram({
    clock,
    log: { note() {} },
    logLines: async () => [],
    authorities: noAuthorities,
    storeThread: null,
    isPackaged: true,
    policy: noPolicy,
    about: { version: '0.1.0', platform: 'linux', agent: 'sato' },
    language: () => 'ja',
    simulator: createBuiltInSimulator({ clock }),
    loadKeytar: () => Promise.reject(new Error('no keychain here')),
    resolveProxy: async () => 'DIRECT',
    copy: async () => ok(null),
    chooseFile: async () => null,
    chooseSetupFile: async () => null,
    confirm: async () => false,
    confirmProxyLogin: async () => false,
    openLink: async () => false,
    tell() {},
    settingsChanged() {},
    quickEntry: () => 'off',
    ...given,
  })
