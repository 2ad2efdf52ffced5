import { useQueryClient } from '@tanstack/react-query'
import { startTransition, Suspense, useEffect, useState, type ReactNode } from 'react'
import { whenQuiet } from '../app/whenQuiet'

/** What nobody sees at once, such as closed dialogs: mounted, and loaded where it is lazy, after the first image of the window. */
export function Deferred({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient()
  const [due, setDue] = useState(false)
  useEffect(() => whenQuiet(client, () => startTransition(() => setDue(true))), [client])
  return due ? <Suspense>{children}</Suspense> : null
}
