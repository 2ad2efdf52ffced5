import { useEffect, useState } from 'react'

/** The value, but false only once it has been false for so long: what is away for a moment is not drawn twice. */
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
