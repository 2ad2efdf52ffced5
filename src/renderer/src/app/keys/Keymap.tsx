import { createContext, useContext, type ReactNode } from 'react'
import type { KeymapOverrides } from '../../../../shared/keymap'
import { useCall } from '../../api/queries'

const noOverrides: KeymapOverrides = {}
const KeymapContext = createContext(noOverrides)

/** Reads the person's own keys once for all that use or show them, which are dozens on the review desk. */
export function KeymapProvider({ children }: { readonly children: ReactNode }) {
  return <KeymapContext value={useCall('app.settings', {}).data?.keys ?? noOverrides}>{children}</KeymapContext>
}

/** The person's own keys, from the settings. */
export const useKeymap = (): KeymapOverrides => useContext(KeymapContext)
