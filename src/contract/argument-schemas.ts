import * as z from 'zod'
import { parseAccount } from '../domain/account.ts'
import {
  COMPARED_AT_ONCE,
  LIST_PAGE,
  LONGEST_LABEL,
  LONGEST_NOTE,
  LONGEST_SEARCH,
  savedOrders,
} from '../domain/saved-account.ts'
import type { Calls, Method } from './bridge.ts'
import { linkNames } from './links.ts'
import { profileChangeSchema, profileDraftSchema } from './profile.ts'
import { settingsChangeSchema } from './settings.ts'
import { teamPasswordSchema } from './team.ts'

const accountSchema = () =>
  z
    .strictObject({
      kind: z.enum(['line', 'group']),
      // No account is longer.
      id: z.string().max(64),
    })
    .refine(({ kind, id }) => parseAccount(id)?.kind === kind)

/** What a line to keep must be. */
export const accountDraftSchema = () =>
  z.strictObject({
    account: accountSchema(),
    label: z.string().trim().max(LONGEST_LABEL),
    note: z.string().trim().max(LONGEST_NOTE),
    pinned: z.boolean(),
  })

const passphrase = (least: number) => z.string().min(least).max(1_000)

/** A schema for every argument list; a method without one does not compile. */
export function argumentSchemas() {
  const account = accountSchema()
  const line = accountDraftSchema()
  const cursor = z.int().positive().nullable()
  return {
    appState: z.tuple([]),
    lookUp: z.tuple([z.strictObject({ account, again: z.boolean(), profileId: z.uuid() })]),
    joinLookup: z.tuple([account]),
    cancelLookup: z.tuple([]),
    tryKeyAgain: z.tuple([]),
    storedLookup: z.tuple([account]),
    openLookup: z.tuple([z.int().positive()]),
    listing: z.tuple([z.int().positive()]),
    history: z.tuple([account, cursor]),
    rawReply: z.tuple([z.int().positive()]),
    storedDays: z.tuple([account, cursor]),
    clearHistory: z.tuple([]),
    forgetCustomer: z.tuple([account]),
    savedAccounts: z.tuple([
      z.strictObject({
        search: z.string().max(LONGEST_SEARCH),
        order: z.enum(savedOrders),
        offset: z.int().min(0),
        limit: z.int().min(1).max(LIST_PAGE),
      }),
    ]),
    savedAccount: z.tuple([account]),
    keptAccounts: z.tuple([z.array(account).max(COMPARED_AT_ONCE)]),
    saveAccount: z.tuple([line]),
    editSavedAccount: z.tuple([line.omit({ account: true }).extend({ id: z.int().positive() })]),
    removeSavedAccount: z.tuple([z.int().positive()]),
    importSavedAccounts: z.tuple([z.string().max(20_000_000)]),
    exportSavedAccounts: z.tuple([]),
    exportSettings: z.tuple([]),
    importSettings: z.tuple([z.string().max(1_000_000)]),
    saveProfile: z.tuple([profileDraftSchema]),
    changeProfile: z.tuple([z.strictObject({ id: z.uuid(), change: profileChangeSchema })]),
    startDemo: z.tuple([]),
    selectProfile: z.tuple([z.uuid()]),
    removeProfile: z.tuple([z.uuid()]),
    saveAuthKey: z.tuple([z.strictObject({ authKey: z.string().max(10_000), forThisRun: z.boolean() })]),
    saveOemKey: z.tuple([z.strictObject({ oemKey: z.string().max(10_000), forThisRun: z.boolean() })]),
    deleteKeys: z.tuple([]),
    // The user name may hold no colon: it ends at the first one (RFC 7617).
    saveProxyLogin: z.tuple([
      z.strictObject({
        user: z
          .string()
          .min(1)
          .max(256)
          .regex(/^[^:\p{Cc}]+$/u),
        password: z
          .string()
          .max(512)
          .regex(/^\P{Cc}*$/u),
        forThisRun: z.boolean(),
      }),
    ]),
    saveTeamPassword: z.tuple([teamPasswordSchema]),
    testTeam: z.tuple([]),
    signIn: z.tuple([]),
    changeSettings: z.tuple([settingsChangeSchema]),
    copy: z.tuple([
      z.strictObject({
        text: z.string().max(1_000_000).nullable(),
        html: z.string().max(10_000_000).nullable(),
        png: z.base64().max(8_000_000).nullable(),
      }),
      z.int().positive().nullable(),
    ]),
    exportLookups: z.tuple([
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('account'), account }),
        z.strictObject({ kind: z.literal('shift') }),
      ]),
    ]),
    cancelExport: z.tuple([]),
    takeOpened: z.tuple([]),
    chooseSetup: z.tuple([]),
    openSetup: z.tuple([
      z.strictObject({ no: z.int().positive(), passphrase: passphrase(1), replaces: z.boolean() }),
    ]),
    forgetSetup: z.tuple([z.int().positive()]),
    makeSetup: z.tuple([
      z.strictObject({
        key: z.string().max(10_000).nullable(),
        teamPassword: teamPasswordSchema.nullable(),
        // What is easily guessed is judged where it is typed; this is for who goes round that.
        passphrase: passphrase(12),
      }),
    ]),
    diagnose: z.tuple([]),
    supportBundle: z.tuple([]),
    saveSupportBundle: z.tuple([]),
    openLink: z.tuple([z.enum(linkNames)]),
  } satisfies { readonly [M in Method]: z.ZodType<Parameters<Calls[M]>> }
}
