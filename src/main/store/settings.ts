import * as z from 'zod'
import { type Profile, storedProfileSchema } from '../../contract/profile.ts'
import { defaultSettings, type Settings, storedSettingsSchema } from '../../contract/settings.ts'
import type { Clock } from '../clock.ts'
import type { KeyDates, KeyOwner } from '../keychain/key-vault.ts'
import { type Database, tryRead, tryWrite } from './sqlite.ts'

export interface SettingsStore {
  settings(): Settings
  /** These two say false where the disk did not take it. */
  saveSettings(settings: Settings): boolean
  /** In the order they were made. One that can't be read is left out, not guessed at. */
  profiles(): readonly Profile[]
  saveProfile(profile: Profile): boolean
  removeProfile(id: string): boolean
}

const text = z.object({ json: z.string() })

/** @param defaults what holds until something else is chosen; only what differs from them is written */
export function createSettingsStore(
  database: Database,
  clock: Clock,
  defaults: Settings = defaultSettings,
): SettingsStore {
  const read = database.prepare("SELECT value AS json FROM setting WHERE name = 'settings'")
  const write = database.prepare(`
    INSERT INTO setting (name, value) VALUES ('settings', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
  const all = database.prepare('SELECT json FROM profile ORDER BY created_at, id')
  const upsert = database.prepare(`
    INSERT INTO profile (id, json, created_at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json`)
  const remove = database.prepare('DELETE FROM profile WHERE id = ?')
  const readProfiles = () =>
    all.all().flatMap(raw => {
      const profile = parsed(storedProfileSchema, raw)
      return profile === null ? [] : [profile]
    })
  // In memory from the start: without them nothing can be asked, whatever becomes of the file.
  let settings = parsed(storedSettingsOver(defaults), read.get()) ?? defaults
  let profiles: readonly Profile[] = readProfiles()

  return {
    settings: () => settings,
    saveSettings(changed) {
      if (
        !tryWrite(database, () =>
          write.run(JSON.stringify({ ...chosenIn(changed, defaults), isChosen: true })),
        )
      )
        return false
      settings = changed
      return true
    },
    profiles: () => profiles,
    saveProfile(profile) {
      if (!tryWrite(database, () => upsert.run(profile.id, JSON.stringify(profile), clock.now())))
        return false
      profiles = readProfiles()
      return true
    },
    removeProfile(id) {
      if (!tryWrite(database, () => remove.run(id))) return false
      profiles = readProfiles()
      return true
    },
  }
}

/** Settings as they are stored: what is not there is as the defaults say. */
const storedSettingsOver = (defaults: Settings): z.ZodType<Settings> =>
  z.looseObject({}).transform(stored => {
    // An earlier version wrote every field down: what is as it always was, nobody chose.
    const chosen = stored['isChosen'] === true ? stored : chosenIn(stored as Settings, defaultSettings)
    return storedSettingsSchema.parse({ ...defaults, ...chosen })
  })

const chosenIn = (settings: Settings, defaults: Settings): Partial<Settings> =>
  Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name as keyof Settings]),
    ),
  )

/** When keys were saved, for the words on the settings screen. */
export function createKeyDates(database: Database): KeyDates {
  const read = database.prepare(
    'SELECT saved_at AS savedAt FROM key_journal WHERE profile_id = ? AND origin = ?',
  )
  const write = database.prepare(`
    INSERT INTO key_journal (profile_id, origin, saved_at) VALUES (?, ?, ?)
    ON CONFLICT (profile_id, origin) DO UPDATE SET saved_at = excluded.saved_at`)
  const remove = database.prepare('DELETE FROM key_journal WHERE profile_id = ? AND origin = ?')
  const row = z.object({ savedAt: z.number() })
  return {
    savedAt: owner =>
      tryRead(
        database,
        null,
        () => row.safeParse(read.get(owner.profileId, placeOf(owner))).data?.savedAt ?? null,
      ),
    saved(owner, at) {
      tryWrite(database, () => write.run(owner.profileId, placeOf(owner), at))
    },
    deleted(owner) {
      tryWrite(database, () => remove.run(owner.profileId, placeOf(owner)))
    },
  }
}

/** The authKey's date stands under the host alone, as it did before there were other keys. */
const placeOf = ({ origin, which }: KeyOwner): string => (which === undefined ? origin : `${origin} ${which}`)

function parsed<T>(schema: z.ZodType<T>, raw: unknown): T | null {
  const row = text.safeParse(raw)
  if (!row.success) return null
  try {
    return schema.safeParse(JSON.parse(row.data.json)).data ?? null
  } catch {
    return null
  }
}
