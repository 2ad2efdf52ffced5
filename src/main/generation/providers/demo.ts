import { setImmediate } from 'node:timers/promises'
import type { Item, Message, Pair } from '../../../shared/domain'
import { textOf } from '../buildPrompt'
import { CallFailure } from '../callFailure'
import { countMessageTokens, countTokens } from '../countTokens'
import { parseReply } from '../parseReply'
import { seededRandom } from '../seededRandom'
import { choosePairs } from './demo/choosePairs'
import { draftsFromBoxes } from './demo/fromBoxes'
import { draftsFromCaptions } from './demo/fromCaptions'
import { draftsFromFields } from './demo/fromFields'
import type { Provider } from './provider'

export const demoModel = 'demo'

/**
 * The built-in generator: no model, no network. It words questions about what the item's own context says and answers them from there;
 * the same item, salt and exemplars give the same pairs. An item of which little is known gets fewer pairs than were asked for.
 */
export function createDemoProvider(): Provider {
  return {
    complete: async ({ messages, item, pairsPerItem, salt, signal }) => {
      await setImmediate()
      signal.throwIfAborted()
      const pairs = choosePairs(draftsOf(item), exemplarsIn(messages), pairsPerItem, seededRandom(`${item.sourceId}:${salt}`))
      if (pairs.length === 0)
        throw new CallFailure(
          'empty',
          'The demo generator writes from captions, boxes and other fields, and this item has none that it can use.',
        )
      const text = JSON.stringify({ pairs })
      return {
        text,
        finishReason: 'stop',
        refusal: null,
        promptTokens: await countMessageTokens(messages),
        completionTokens: await countTokens(text),
        model: demoModel,
      }
    },
  }
}

const draftsOf = (item: Item) => [...draftsFromCaptions(item), ...draftsFromBoxes(item), ...draftsFromFields(item)]

/** It reads the exemplars where a model would: in the turns of the prompt. */
function exemplarsIn(messages: readonly Message[]): Pair[] {
  return messages.filter(({ role }) => role === 'assistant').flatMap((message) => parseReply({ text: textOf(message) }))
}
