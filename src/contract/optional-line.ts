import * as z from 'zod'

/** A text of one line, which is not empty. */
export const ONE_LINE = /^[^\p{Cc}\u2028\u2029]+$/u

/** A text of one line at most, which may be empty. */
export const optionalLine = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u)
