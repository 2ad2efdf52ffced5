import { useQueryClient } from '@tanstack/react-query'
import { startTransition, Suspense, useEffect, useState, type ReactNode } from 'react'
import { whenQuiet } from '../app/whenQuiet'

/** Mounts (and loads, if lazy) content that is not visible at first, such as closed dialogs, after the first paint of the window. */
export function Deferred({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient()
  const [due, setDue] = useState(false)
  useEffect(() => whenQuiet(client, () => startTransition(() => setDue(true))), [client])
  return due ? <Suspense>{children}</Suspense> : null
}
