import { setImmediate } from 'node:timers/promises'
import type { DraftedPair, Item, Message } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { textOf } from '../prompt/buildPrompt'
import { CallFailure } from '../run/callFailure'
import { countMessageTokens, countTokens } from '../prompt/countTokens'
import { conversationsWanted, formatReply, type PlacedPair } from '../prompt/outputForms'
import { parseReply } from '../reply/parseReply'
import { seededRandom } from '../seededRandom'
import { choosePairs } from './demo/choosePairs'
import { kindOf } from './demo/draft'
import { draftsFromBoxes } from './demo/fromBoxes'
import { draftsFromCaptions } from './demo/fromCaptions'
import { draftsFromFields } from './demo/fromFields'
import { conversationsInRoom } from './demo/fromRoom'
import { draftsFromStills } from './demo/fromStills'
import { draftsFromVideo } from './demo/fromVideo'
import type { CompletionRequest, Provider } from './provider'

export const demoModel = 'demo'

/**
 * The built-in generator: no model, no network. It words questions about what the item's own context says and answers them from there;
 * the same item, salt and exemplars give the same pairs. An item of which little is known gets fewer pairs than were asked for.
 */
export function createDemoProvider(): Provider {
  return {
    complete: async (request) => {
      await setImmediate()
      request.signal.throwIfAborted()
      const pairs = pairsFor(request)
      if (pairs.length === 0) throw new CallFailure('empty', message('provider.demoNeedsContext'))
      const text = formatReply(request.outputForm, pairs)
      return {
        text,
        finishReason: 'stop',
        refusal: null,
        promptTokens: await countMessageTokens(request.messages),
        completionTokens: await countTokens(text),
        model: demoModel,
      }
    },
  }
}

function pairsFor({ messages, item, outputForm, pairsPerItem, salt }: CompletionRequest): PlacedPair[] {
  const choose = (wanted: number) => choosePairs(draftsOf(item), exemplarsIn(messages), wanted, seededRandom(`${item.sourceId}:${salt}`))
  switch (outputForm) {
    case 'pairs':
      return item.context.objects
        ? [...choose(pairsPerItem), ...conversationsInRoom(item, salt)].slice(0, pairsPerItem)
        : choose(pairsPerItem)
    case 'kinds':
      return choose(pairsPerItem).map((pair) => ({ ...pair, kind: kindNamed(pair.instruction) }))
    case 'conversations': {
      const inRoom = conversationsInRoom(item, salt)
      return inRoom.length > 0 ? inRoom : asConversations(choose(conversationsWanted.conversations * conversationsWanted.rounds))
    }
  }
}

function kindNamed(instruction: string): DraftedPair['kind'] {
  const kind = kindOf(instruction)
  if (kind === 'reasoning') return kind
  return kind === 'description' ? 'detail' : 'conversation'
}

/** What ends a conversation about an item of which little is noted. */
const lastRounds = [
  { instruction: 'Is anything else noted about it?', response: 'Nothing else is noted.' },
  { instruction: 'What would help to say more?', response: 'A closer look at it would.' },
] as const

/** For items that are no rooms: their pairs, three at a time. */
const asConversations = (pairs: readonly PlacedPair[]) =>
  [
    ...pairs,
    ...lastRounds.slice(0, (lastRounds.length + 1 - (pairs.length % conversationsWanted.rounds)) % conversationsWanted.rounds),
  ].map((pair, at) => ({
    ...pair,
    conversation: Math.floor(at / conversationsWanted.rounds),
    turn: at % conversationsWanted.rounds,
    rationale: 'The response follows from what is noted about the item.',
  }))

const draftsOf = (item: Item) => [
  ...draftsFromCaptions(item),
  ...draftsFromBoxes(item),
  ...draftsFromStills(item),
  ...draftsFromVideo(item),
  ...draftsFromFields(item),
]

/** It reads the exemplars where a model would: in the turns of the prompt. */
function exemplarsIn(messages: readonly Message[]): DraftedPair[] {
  return messages.filter(({ role }) => role === 'assistant').flatMap((turn) => parseReply({ text: textOf(turn) }))
}
