import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.ts'

/**
 * `npm run audit`: known advisories against what is installed, and whether Electron is one of the three majors that get
 * security fixes. It asks the registry, so it runs on a schedule and not with the tests: a clone must not break by ageing.
 */

interface Advisory {
  readonly name: string
  readonly severity: string
}

const SEVERITIES = ['info', 'low', 'moderate', 'high', 'critical']

/**
 * The advisories in `npm audit --json` that are at least moderate.
 *
 * @throws where the registry gave no audit
 */
export function seriousAdvisories(report: unknown): readonly Advisory[] {
  const { vulnerabilities } = (report ?? {}) as {
    readonly vulnerabilities?: Readonly<Record<string, Advisory>>
  }
  if (typeof vulnerabilities !== 'object') throw new Error('the registry gave no audit')
  return Object.values(vulnerabilities)
    .filter(({ severity }) => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf('moderate'))
    .map(({ name, severity }) => ({ name, severity }))
}

/** Whether a version gets fixes: Electron supports its latest three majors. https://www.electronjs.org/docs/latest/tutorial/electron-timelines */
export function isSupported(installed: string, latest: string): boolean {
  const major = (version: string) => Number(version.split('.')[0])
  return major(installed) > major(latest) - 3
}

function npm(...args: readonly string[]): unknown {
  const { stdout, stderr } = spawnSync('npm', [...args, '--json'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  })
  try {
    return JSON.parse(stdout)
  } catch {
    throw new Error(`npm ${args.join(' ')} gave no answer: ${stderr.trim().split('\n')[0]}`)
  }
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const installed: string = lock.packages['node_modules/electron'].version
  const latest = String(npm('view', 'electron', 'version'))
  const supported = isSupported(installed, latest)
  console.log(
    `Electron ${installed}, latest ${latest}: ${supported ? 'gets security fixes' : 'gets none any more'}`,
  )
  const advisories = seriousAdvisories(npm('audit'))
  for (const { name, severity } of advisories) console.log(`${severity}: ${name}`)
  console.log(`${advisories.length} advisories of at least moderate severity`)
  process.exitCode = supported && advisories.length === 0 ? 0 : 1
}
