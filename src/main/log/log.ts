import electronLog from 'electron-log/node.js'
import type { Clock } from '../clock.ts'
import { type LogEvent, type LogFields, logLine } from './entry.ts'

/** The program's log: redacted line by line, rotated, for its owner alone. */
export interface Log {
  note(event: LogEvent, fields?: LogFields): void
}

/** One file and the one before it. */
const LARGEST_FILE = 1024 * 1024

/** Never throws: a program without a log still works. */
export function createLog(path: string, clock: Pick<Clock, 'now'>): Log {
  const logger = electronLog.create({ logId: path })
  logger.transports.console.level = false
  const { file } = logger.transports
  file.resolvePathFn = () => path
  file.format = '{text}'
  file.maxSize = LARGEST_FILE
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  return {
    note(event, fields) {
      try {
        logger.info(logLine(clock.now(), event, fields))
      } catch {
        // What can't be logged is lost, and nothing else with it.
      }
    },
  }
}
