import { useLayoutEffect, useRef, useState } from 'react'

type Functions = Readonly<Record<string, (...parameters: never[]) => unknown>>

/** Returns functions with a stable identity that call the latest version, so that memoised components do not re-render. */
export function useStable<T extends Functions>(functions: T): T {
  const latest = useRef(functions)
  useLayoutEffect(() => {
    latest.current = functions
  })
  const [stable] = useState(
    () =>
      Object.fromEntries(
        Object.keys(functions).map((name) => [name, (...parameters: never[]) => latest.current[name]?.(...parameters)]),
      ) as T,
  )
  return stable
}
