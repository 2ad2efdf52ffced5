import { MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import '../i18n'
import { createColorSchemeManager } from './colorScheme'
import { createQueryClient } from '../api/queries'
import { KeymapProvider } from './keys/Keymap'
import { cssVariables, theme } from './theme'

interface Props {
  readonly children: ReactNode
  readonly client?: QueryClient
  /** `test` disables motion and waiting for a layout, which jsdom does not have. */
  readonly env?: 'default' | 'test'
}

/** Provides the contexts that every screen needs; tests pass their own query client. */
export function Providers({ children, client, env = 'default' }: Props) {
  const [colorSchemeManager] = useState(createColorSchemeManager)
  const [ownClient] = useState(() => client ?? createQueryClient())
  return (
    <QueryClientProvider client={ownClient}>
      <KeymapProvider>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          colorSchemeManager={colorSchemeManager}
          env={env}
        >
          <ModalsProvider>
            <Notifications position="bottom-right" />
            {children}
          </ModalsProvider>
        </MantineProvider>
      </KeymapProvider>
    </QueryClientProvider>
  )
}
