import { createContext, useContext, type ReactNode } from 'react'
import type { KeymapOverrides } from '../../../../shared/keymap'
import { useCall } from '../../api/queries'

const noOverrides: KeymapOverrides = {}
const KeymapContext = createContext(noOverrides)

/** Reads the user's key overrides once for all components that use them; the review screen has dozens. */
export function KeymapProvider({ children }: { readonly children: ReactNode }) {
  return <KeymapContext value={useCall('app.settings', {}).data?.keys ?? noOverrides}>{children}</KeymapContext>
}

/** Returns the user's key overrides from the settings. */
export const useKeymap = (): KeymapOverrides => useContext(KeymapContext)
