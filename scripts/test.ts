import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { startKeyring } from './keyring.ts'
import { provision } from './provision.ts'
import { build, root, runBin } from './run.ts'

/**
 * The README's test command: lint, types, unit tests, then the e2e specs on the built program; one line adds it up.
 * `--only unit,e2e` leaves the others out, where they have run elsewhere.
 */

interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** What failed, by name. */
  readonly failures: readonly string[]
}

const reports = join(root, 'out/reports')

async function check(name: string, work: () => Promise<number>): Promise<Count> {
  console.log(`\n── ${name}`)
  return (await work()) === 0
    ? { passed: 1, failed: 0, skipped: 0, failures: [] }
    : { passed: 0, failed: 1, skipped: 0, failures: [name] }
}

const lint = () =>
  check('lint', () => runBin('@biomejs/biome', 'biome', ['check', '--error-on-warnings', '.']))

const projects = ['src', 'src/main', 'src/renderer', '.']

const types = () =>
  check('types', async () => {
    const codes = await Promise.all(projects.map(project => runBin('typescript', 'tsc', ['-p', project])))
    return Math.max(...codes)
  })

async function unit(): Promise<Count> {
  console.log('\n── unit tests')
  await provision({ engine: true, installer: true })
  const file = join(reports, 'unit.json')
  const code = await runBin('vitest', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const report = readReport(file) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[]
  } | null
  return counted(
    'unit tests',
    code,
    report && {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests,
      failures: report.testResults
        .filter(({ status }) => status === 'failed')
        .map(({ name, assertionResults }) => {
          const failed = assertionResults.filter(({ status }) => status === 'failed')
          return [relative(root, name), ...failed.map(({ fullName }) => fullName)].join('\n    ')
        }),
    },
  )
}

async function endToEnd(): Promise<Count> {
  console.log('\n── end-to-end specs')
  await provision({ display: false })
  await build()
  const file = join(reports, 'e2e.json')
  const keyring = await startKeyring()
  try {
    const env = { ...keyring.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }
    const code = await runBin('@playwright/test', 'playwright', ['test', '--reporter=list,json'], { env })
    const report = readReport(file) as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number }
      suites: Suite[]
    } | null
    return counted(
      'end-to-end specs',
      code,
      report && {
        passed: report.stats.expected,
        failed: report.stats.unexpected + report.stats.flaky,
        skipped: report.stats.skipped,
        failures: report.suites.flatMap(failuresIn),
      },
    )
  } finally {
    await keyring.stop()
  }
}

/** As Playwright's report has it. */
interface Suite {
  readonly suites?: readonly Suite[]
  readonly specs: readonly { readonly file: string; readonly title: string; readonly ok: boolean }[]
}

const failuresIn = ({ suites = [], specs }: Suite): readonly string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}\n    ${title}`),
  ...suites.flatMap(failuresIn),
]

/** A runner that failed without a failed test, or left no report, counts as one failure. */
function counted(name: string, code: number, count: Count | null): Count {
  if (count === null || count.passed + count.failed === 0)
    return { passed: 0, failed: 1, skipped: count?.skipped ?? 0, failures: [name] }
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1, failures: [name] } : count
}

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

const stages = { lint, types, unit, e2e: endToEnd }
const { values } = parseArgs({ options: { only: { type: 'string', default: Object.keys(stages).join() } } })
const wanted = values.only.split(',').map(name => {
  if (!Object.hasOwn(stages, name)) throw new Error(`there is no stage ${name}`)
  return stages[name as keyof typeof stages]
})

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const from = performance.now()
let total: Count = { passed: 0, failed: 0, skipped: 0, failures: [] }
for (const stage of wanted) {
  let count: Count
  try {
    count = await stage()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    count = { passed: 0, failed: 1, skipped: 0, failures: [stage.name] }
  }
  total = {
    passed: total.passed + count.passed,
    failed: total.failed + count.failed,
    skipped: total.skipped + count.skipped,
    failures: [...total.failures, ...count.failures],
  }
}
// For `npm run bench`; nothing is asserted of it.
const seconds = Math.round((performance.now() - from) / 1000)
writeFileSync(join(reports, 'duration.json'), JSON.stringify({ seconds }))
// Last, so that the end of a long log tells.
for (const failure of total.failures) console.log(`\nfailed: ${failure}`)
console.log(`\ntests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
