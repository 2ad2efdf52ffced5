import type { DraftedPair, OutputForm, Pair } from '../../../shared/domain'

/** A pair with its position in a reply, as far as it is known. */
export type PlacedPair = Pair & Partial<Pick<DraftedPair, 'kind' | 'conversation' | 'turn' | 'rationale'>>

/** Number of conversations and of rounds in each that a prompt requests, as in the scene navigation set of MIMIC-IT. */
export const conversationsWanted = { conversations: 3, rounds: 3 } as const

const text = { type: 'string' } as const

const objectOf = <P extends Record<string, object>>(properties: P) =>
  ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false }) as const

const listOf = <I extends object>(items: I) => ({ type: 'array', items }) as const

interface FormDescription {
  /** Text appended to the system message. */
  readonly instruction: string
  /** JSON Schema of the reply, in the subset that strict structured outputs support. */
  readonly schema: Readonly<Record<string, unknown>>
}

const forms = {
  pairs: {
    instruction: `Reply with JSON alone, in this form: {"pairs": [{"instruction": "…", "response": "…"}]}`,
    schema: objectOf({ pairs: listOf(objectOf({ instruction: text, response: text })) }),
  },
  kinds: {
    instruction: `Reply with JSON alone, in this form: {"pairs": [{"kind": "…", "instruction": "…", "response": "…"}]}
"kind" is "conversation", "detail" or "reasoning".`,
    schema: objectOf({
      pairs: listOf(
        objectOf({ kind: { type: 'string', enum: ['conversation', 'detail', 'reasoning'] }, instruction: text, response: text }),
      ),
    }),
  },
  conversations: {
    instruction: `Reply with JSON alone, in this form: {"conversations": [{"rounds": [{"instruction": "…", "response": "…", "reason": "…"}]}]}
Each round of a conversation goes on from those before it, and "reason" says why its response is right.`,
    schema: objectOf({
      conversations: listOf(objectOf({ rounds: listOf(objectOf({ instruction: text, response: text, reason: text })) })),
    }),
  },
} as const satisfies Record<OutputForm, FormDescription>

export const describeForm = (form: OutputForm): FormDescription => forms[form]

/** Returns the last sentence of a prompt. The number of conversations is fixed by the form. */
export function requestFor(form: OutputForm, pairsPerItem: number): string {
  if (form !== 'conversations') return `Write ${pairsPerItem} ${pairsPerItem === 1 ? 'pair' : 'pairs'} about this item.`
  const { conversations, rounds } = conversationsWanted
  return `Write ${conversations} conversations of ${rounds} rounds each about this item.`
}

/** Returns the number of pairs that a prompt requests. */
export const pairsRequested = (form: OutputForm, pairsPerItem: number): number =>
  form === 'conversations' ? conversationsWanted.conversations * conversationsWanted.rounds : pairsPerItem

/** Formats pairs as a reply, as a model would write it in this form. */
export function formatReply(form: OutputForm, pairs: readonly PlacedPair[]): string {
  switch (form) {
    case 'pairs':
      return JSON.stringify({ pairs: pairs.map(({ instruction, response }) => ({ instruction, response })) })
    case 'kinds':
      return JSON.stringify({
        pairs: pairs.map(({ kind, instruction, response }) => ({ kind: kind ?? 'conversation', instruction, response })),
      })
    case 'conversations': {
      const conversations = Map.groupBy(pairs, ({ conversation }) => conversation ?? null)
      return JSON.stringify({ conversations: [...conversations.values()].map((rounds) => ({ rounds: roundsOf(rounds) })) })
    }
  }
}

const roundsOf = (pairs: readonly PlacedPair[]) =>
  pairs
    .toSorted((one, other) => (one.turn ?? 0) - (other.turn ?? 0))
    .map(({ instruction, response, rationale }) => ({ instruction, response, ...(rationale ? { reason: rationale } : {}) }))
