import { setImmediate } from 'node:timers/promises'
import type { Message } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { textOf } from '../prompt/buildPrompt'
import { CallFailure } from '../run/callFailure'
import { countMessageTokens, countTokens } from '../prompt/countTokens'
import { conversationsWanted, formatReply, pairsRequested, type PlacedPair } from '../prompt/outputForms'
import { parseReply } from '../reply/parseReply'
import { seededRandom, shuffle } from '../seededRandom'
import { recordedDrafts } from './demo/recordedDrafts'
import { templateDrafts } from './demo/templateDrafts'
import type { CompletionRequest, Provider } from './provider'

export const demoModel = 'demo'

/**
 * Creates a provider that needs no model or network: it returns pairs recorded for the sample, and fills templates with the context of
 * other items. The same item, salt and exemplars give the same pairs. An item with little context gets fewer pairs than requested.
 */
export function createDemoProvider(): Provider {
  return {
    complete: async (request) => {
      await setImmediate()
      request.signal.throwIfAborted()
      const pairs = pairsFor(request)
      if (pairs.length === 0)
        throw new CallFailure('empty', message(draftsFor(request).length > 0 ? 'provider.demoAskedAll' : 'provider.demoNeedsContext'))
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

const isInRounds = (pairs: readonly PlacedPair[]) => pairs.some(({ conversation }) => (conversation ?? null) !== null)

function pairsFor(request: CompletionRequest): PlacedPair[] {
  const { messages, item, outputForm, pairsPerItem } = request
  const recorded = recordedDrafts(item)
  if (isInRounds(recorded) && outputForm === 'conversations') return [...recorded]
  const taken = new Set(instructionsIn(messages))
  const pairs = draftsFor(request)
    .filter(({ instruction }) => !taken.has(instruction) && taken.add(instruction))
    .slice(0, pairsRequested(outputForm, pairsPerItem))
  return outputForm === 'conversations' ? asConversations(pairs) : pairs
}

/** Returns all pairs available for an item, in the order of a run. */
function draftsFor({ item, salt }: CompletionRequest): PlacedPair[] {
  const recorded = recordedDrafts(item)
  const random = seededRandom(`${item.sourceId}:${salt}`)
  return [...shuffle(isInRounds(recorded) ? [] : recorded, random), ...shuffle(templateDrafts(item), random)]
}

/** Rounds that complete a conversation about an item with little context. */
const lastRounds = [
  { instruction: 'Is anything else noted about it?', response: 'Nothing else is noted.' },
  { instruction: 'What would help to say more?', response: 'A closer look at it would.' },
] as const

/** Groups pairs into conversations of three rounds. */
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

/** Returns the instructions of the exemplars, which are not asked again; they are read from the turns of the prompt, as a model would. */
const instructionsIn = (messages: readonly Message[]) =>
  messages
    .filter(({ role }) => role === 'assistant')
    .flatMap((turn) => parseReply({ text: textOf(turn) }).pairs.map(({ instruction }) => instruction))
