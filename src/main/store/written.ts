import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'

/** Whether the disk took a write, as every act that needs it answers. */
export const written = (done: boolean): Outcome<null> => (done ? ok(null) : fail({ code: 'STORE_READ_ONLY' }))
