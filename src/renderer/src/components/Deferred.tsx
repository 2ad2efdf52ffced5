import { startTransition, Suspense, useEffect, useState, type ReactNode } from 'react'

// jsdom has none
const whenIdle = (work: () => void): void =>
  void ('requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 500 }) : setTimeout(work, 0))

/** What nobody sees at once, such as closed dialogs: mounted, and loaded where it is lazy, after the first picture of the window. */
export function Deferred({ children }: { readonly children: ReactNode }) {
  const [due, setDue] = useState(false)
  useEffect(() => whenIdle(() => startTransition(() => setDue(true))), [])
  return due ? <Suspense>{children}</Suspense> : null
}
