import type { ProviderSettings } from '../../../shared/domain'
import { createDemoProvider } from './demo'
import { createOpenAiProvider } from './openai'
import type { Provider } from './provider'

/** @param apiKey key saved for this address, if any; it is only sent there and not stored */
export function createProvider(settings: ProviderSettings, apiKey: string | null): Provider {
  switch (settings.kind) {
    case 'demo':
      return createDemoProvider()
    case 'openai':
      return createOpenAiProvider(settings, apiKey)
  }
}
