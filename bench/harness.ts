import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One row of the table. Figures are text, because each row has its own unit. */
export interface Row {
  readonly what: string
  readonly measure: string
  /** What the figure is compared with, measured in the same run; empty for none. */
  readonly peer: string
  readonly ratio: string
  readonly aim: string
  /** Whether the aim is met; null for what is only reported. */
  readonly holds: boolean | null
}

/** The benchmark of one file in this folder. */
export interface Benchmark {
  /** For `--only`. */
  readonly name: string
  readonly measure: () => Promise<readonly Row[]>
}

/** The value below which `share` of the values lie, without interpolation; NaN for an empty list. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/**
 * Measures two things in turns, so that other load on the machine affects both. Each round gives a pair; the
 * first pair is discarded.
 */
export async function inTurns(
  rounds: number,
  ours: () => Promise<number>,
  peers: () => Promise<number>,
): Promise<{ readonly ours: readonly number[]; readonly peers: readonly number[] }> {
  const measured = { ours: [] as number[], peers: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const pair = [await ours(), await peers()] as const
    if (round === 0) continue
    measured.ours.push(pair[0])
    measured.peers.push(pair[1])
  }
  return measured
}

/** A row of two times (milliseconds) or sizes, by their medians' ratio. */
export function ratioRow({
  what,
  ours,
  peers,
  unit,
  peer,
  atMost,
}: {
  readonly what: string
  readonly ours: readonly number[]
  readonly peers: readonly number[]
  readonly unit: string
  readonly peer: string
  readonly atMost: number
}): Row {
  const ratio = median(ours) / median(peers)
  return {
    what,
    measure: `${median(ours).toFixed(1)} ${unit}`,
    peer: `${peer}: ${median(peers).toFixed(1)} ${unit}`,
    ratio: ratio.toFixed(2),
    aim: `ratio at most ${atMost}`,
    holds: ratio <= atMost,
  }
}

/** A row of one figure under a limit. */
export function limitRow({
  what,
  value,
  unit,
  atMost,
  peer = '',
  digits = 1,
}: {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly atMost: number
  readonly peer?: string
  readonly digits?: number
}): Row {
  return {
    what,
    measure: `${value.toFixed(digits)} ${unit}`,
    peer,
    ratio: '',
    aim: `at most ${atMost} ${unit}`,
    holds: value <= atMost,
  }
}

/** Runs `work` in a temporary folder and removes the folder afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

const headings = ['what', 'measured', 'against', 'ratio', 'aim', ''] as const

/** The table as Markdown, which is also what a terminal shows best. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [
    headings,
    ...rows.map(row => [row.what, row.measure, row.peer, row.ratio, row.aim, verdict(row)] as const),
  ]
  const widths = headings.map((_, at) => Math.max(3, ...cells.map(row => row[at]?.length ?? 0)))
  const lines = cells.map(row => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`)
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

const verdict = ({ holds }: Row): string => (holds === null ? 'reported' : holds ? 'met' : 'missed')
