import type { Item, Message, ProviderSettings } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { CallFailure, problemOfCall } from './callFailure'
import { createProvider } from '../providers/createProvider'

const item: Item = {
  id: 1,
  sourceId: 'test',
  media: [],
  missing: [],
  context: { captions: ['A red ball on a wooden table.'] },
  createdAt: 0,
}

const messages: Message[] = [
  {
    role: 'user',
    content: [
      {
        type: 'text',
        text: 'This is a test of the connection. Reply with this JSON: {"pairs": [{"instruction": "Ready?", "response": "Yes."}]}',
      },
    ],
  },
]

/**
 * Tests the connection by asking the provider for one tiny answer, whose content is ignored.
 * @returns the model name that the server reports, and the time in milliseconds
 * @throws Problem no-key, provider
 */
export async function testProvider(settings: ProviderSettings, apiKey: string | null): Promise<{ model: string; milliseconds: number }> {
  const provider = createProvider(settings, apiKey)
  const started = performance.now()
  try {
    const { model } = await provider.complete({
      messages,
      item,
      model: settings.model,
      temperature: 0,
      topP: 1,
      maxTokens: 64,
      outputForm: 'pairs',
      pairsPerItem: 1,
      readImage: () => Promise.reject(new CallFailure('media', message('generation.testWithoutImages'))),
      signal: new AbortController().signal,
      salt: 'test',
    })
    return { model, milliseconds: Math.round(performance.now() - started) }
  } catch (error) {
    throw error instanceof CallFailure ? problemOfCall(error.toCallError()) : error
  }
}
