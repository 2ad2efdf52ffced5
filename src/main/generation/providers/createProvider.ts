import type { ProviderSettings } from '../../../shared/domain'
import { createDemoProvider } from './demo'
import { createOpenAiProvider } from './openai'
import type { Provider } from './provider'

/** @param apiKey the key saved for this address, if any; it is sent there and kept nowhere */
export function createProvider(settings: ProviderSettings, apiKey: string | null): Provider {
  switch (settings.kind) {
    case 'demo':
      return createDemoProvider()
    case 'openai':
      return createOpenAiProvider(settings, apiKey)
  }
}
