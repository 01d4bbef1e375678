import { readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { PolicySource } from '../../contract/policy.ts'
import { managedPreferences } from './managed-preferences.ts'
import { type FoundPolicy, noPolicy, type Policy, readPolicy } from './policy.ts'
import { registryPolicies } from './registry.ts'

const POLICY_FILE = '/etc/traffic-desk/policy.json'

/**
 * The policy of this computer: from where only its administrators can write.
 *
 * @param env an unpackaged program takes the file that `TRAFFIC_DESK_POLICY` names
 */
export async function findPolicy({
  platform,
  env,
  isPackaged,
}: {
  readonly platform: string
  readonly env: Record<string, string | undefined>
  readonly isPackaged: boolean
}): Promise<Policy> {
  const chosen = isPackaged ? undefined : env['TRAFFIC_DESK_POLICY']
  if (chosen !== undefined) return readPolicy('file', policyFile(chosen))
  const place = places[platform]
  if (place === undefined) return noPolicy
  try {
    return readPolicy(place.source, await place.find(env))
  } catch {
    // A policy that can't be looked for may be there.
    return readPolicy(place.source, [{ problem: 'unreadable' }])
  }
}

interface Place {
  readonly source: PolicySource
  find(env: Record<string, string | undefined>): readonly FoundPolicy[] | Promise<readonly FoundPolicy[]>
}

/** Each system's own; what one needs is loaded on that system alone. */
const places: Readonly<Record<string, Place>> = {
  win32: {
    source: 'registry',
    async find(env) {
      // Its loader would take the native part from where these say.
      for (const name of ['NATIVE_REG_PREBUILD', 'PREBUILDS_ONLY']) delete env[name]
      const module = await import('native-reg')
      return registryPolicies(module.default ?? module)
    },
  },
  darwin: {
    source: 'managed-preferences',
    async find() {
      const { parse } = await import('plist')
      return managedPreferences(userInfo().username, { parse })
    },
  },
  linux: { source: 'file', find: () => policyFile(POLICY_FILE, { mustBeRoots: true }) },
}

/** A JSON file with one object; no place at all where there is no such file. */
export function policyFile(path: string, { mustBeRoots = false } = {}): readonly FoundPolicy[] {
  let text: string
  try {
    const { uid, mode, size } = statSync(path)
    // What an agent could write is no policy, and to leave it out would be a way round the real one.
    if (mustBeRoots && (uid !== 0 || (mode & 0o022) !== 0)) return [{ problem: 'untrusted' }]
    if (size > LARGEST) return [{ problem: 'unreadable' }]
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : [{ problem: 'unreadable' }]
  }
  try {
    const values: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    const isObject = typeof values === 'object' && values !== null && !Array.isArray(values)
    return [isObject ? { values: values as Readonly<Record<string, unknown>> } : { problem: 'unreadable' }]
  } catch {
    return [{ problem: 'unreadable' }]
  }
}

const LARGEST = 1_000_000
