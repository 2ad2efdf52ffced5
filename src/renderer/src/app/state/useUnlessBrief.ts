import { useEffect, useState } from 'react'

/** Returns the value, but reports false only after it has been false for `ms` milliseconds, which avoids re-rendering for short gaps. */
export function useUnlessBrief(value: boolean, ms = 150): boolean {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (value) return undefined
    let isOver = false
    const timer = setTimeout(() => setLong((isOver = true)), ms)
    return () => {
      clearTimeout(timer)
      if (isOver) setLong(false)
    }
  }, [value, ms])
  return value || !isLong
}
