import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { behaviourMutations } from '../checks/behaviour-mutations.ts'
import { type Mutation, mutations } from '../checks/security-mutations.ts'
import { teamMutations } from '../checks/team-mutations.ts'
import { startKeyring } from './keyring.ts'
import { provision } from './provision.ts'
import { root } from './run.ts'

/**
 * `npm run mutate`: changes a copy of the program in one place after the other, and runs the tests that should notice.
 * Prints a table; exits with 1 where one stayed green. `mutate:security` turns the protections off alone.
 */

type Tests = Mutation['by']

const { values } = parseArgs({
  options: {
    /** Only what names this, as in `--only "11 "`. */
    only: { type: 'string', default: '' },
    /** Only the protections (`security`), or only the rest (`behaviour`), or the team's gate (`team`). */
    of: { type: 'string', default: '' },
    /** Only what unit tests notice: no build, no browser. */
    unit: { type: 'boolean', default: false },
  },
})

const lists: Readonly<Record<string, readonly Mutation[]>> = {
  security: mutations,
  behaviour: behaviourMutations,
  team: teamMutations,
}
const chosen = (lists[values.of] ?? Object.values(lists).flat()).filter(
  ({ name, by }) => name.includes(values.only) && !(values.unit && 'spec' in by),
)
const copy = mkdtempSync(join(tmpdir(), 'traffic-desk-mutation-'))
const known = new Set<string>()
const keyring = await prepare()
try {
  let unnoticed = 0
  console.log(`${'changed'.padEnd(52)} noticed by`)
  for (const mutation of chosen) {
    const isNoticed = notices(mutation)
    if (!isNoticed) unnoticed++
    console.log(`${mutation.name.padEnd(52)} ${isNoticed ? '' : 'NOT '}${nameOf(mutation.by)}`)
  }
  console.log(`\n${chosen.length - unnoticed} of ${chosen.length} noticed`)
  process.exitCode = unnoticed === 0 ? 0 : 1
} finally {
  await keyring?.stop()
  rmSync(copy, { recursive: true, force: true })
}

async function prepare() {
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const file of stdout.split('\0').filter(name => name !== '' && !name.startsWith('docs/images/'))) {
    mkdirSync(join(copy, dirname(file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  if (!chosen.some(({ by }) => 'spec' in by)) return null
  await provision({ display: false })
  return startKeyring()
}

/**
 * Whether the tests fail with the mutation.
 *
 * @throws if they fail without it too, because then the result means nothing
 */
function notices({ file, edits, by }: Mutation): boolean {
  if (!known.has(nameOf(by)) && !isGreen(by)) throw new Error(`red as it is: ${nameOf(by)}`)
  known.add(nameOf(by))
  const path = join(copy, file)
  const before = readFileSync(path, 'utf8')
  const after = edits.reduce((text, [find, replace]) => {
    if (text.split(find).length !== 2) throw new Error(`not once in ${file}: ${find}`)
    return text.replace(find, () => replace)
  }, before)
  if (file.endsWith('.ts')) stripTypeScriptTypes(after)
  writeFileSync(path, after)
  try {
    return !isGreen(by)
  } finally {
    writeFileSync(path, before)
  }
}

function nameOf(by: Tests): string {
  return 'spec' in by ? `${by.spec}: ${by.grep}` : by.unit.join(', ')
}

function isGreen(by: Tests): boolean {
  if ('unit' in by) return bin('vitest/vitest.mjs', ['run', '--bail=1', ...by.unit])
  return built() && bin('@playwright/test/cli.js', ['test', by.spec, '-g', by.grep, '--reporter=dot'])
}

/** @throws if the program does not build: a mutation that breaks the build shows nothing */
function built(): true {
  if (!bin('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'error']))
    throw new Error('the mutated program does not build')
  return true
}

function bin(script: string, args: readonly string[]): boolean {
  const { status } = spawnSync(process.execPath, [join(copy, 'node_modules', script), ...args], {
    cwd: copy,
    stdio: 'ignore',
    env: keyring?.env ?? process.env,
  })
  if (status === null) throw new Error(`${script} was ended from outside`)
  return status === 0
}
