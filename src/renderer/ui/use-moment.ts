import { useEffect, useState } from 'react'

const MOMENT_MS = 2_000

/** Whether something was done a moment ago, and how to say that it was; done again, the moment begins anew. */
export function useMoment(): readonly [boolean, () => void] {
  const [times, setTimes] = useState(0)
  useEffect(() => {
    if (times === 0) return
    const timer = setTimeout(() => setTimes(0), MOMENT_MS)
    return () => clearTimeout(timer)
  }, [times])
  return [times > 0, () => setTimes(count => count + 1)]
}
