import { useLayoutEffect, useRef, useState } from 'react'

type Functions = Readonly<Record<string, (...parameters: never[]) => unknown>>

/** Functions that stay the same from drawing to drawing and call the latest version, so that memoised parts are not drawn again. */
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
