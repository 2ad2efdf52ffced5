import type { providerCalls } from '../../shared/contract'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Creates the handlers of calls that query servers. */
export function createProviderHandlers({ keyFor }: CallParts): TopicHandlers<typeof providerCalls> {
  return {
    'provider.models': async (provider) =>
      (await import('../generation/providers/models/listModels')).listModels(provider, keyFor(provider)),
    'provider.detect': async () => {
      const { detectServers, localPorts } = await import('../generation/providers/models/detectServers')
      return detectServers(localPorts())
    },
  }
}
