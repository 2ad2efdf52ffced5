import type { DraftedPair, OutputForm } from '../../../shared/domain'
import { type Message, message } from '../../../shared/messages/message'
import { conversationsWanted } from '../prompt/outputForms'

/**
 * Checks whether the pairs of a reply have what their form requires in addition to texts: a kind each, or conversations with the requested
 * number of rounds and a reason each. An incomplete conversation is rejected, since it would be exported as a complete one; fewer
 * conversations than requested are accepted, like fewer pairs. Plain pairs are accepted in every form: small models write no other.
 * @returns what is missing, or null
 */
export function missingOfForm(pairs: readonly DraftedPair[], form: OutputForm): Message | null {
  switch (form) {
    case 'pairs':
      return null
    case 'kinds': {
      const without = pairs.findIndex(({ kind }) => kind === null)
      return without < 0 || pairs.every(({ kind }) => kind === null) ? null : message('reply.pairWithoutKind', { number: without + 1 })
    }
    case 'conversations':
      return missingOfConversations(pairs)
  }
}

function missingOfConversations(pairs: readonly DraftedPair[]): Message | null {
  const { rounds } = conversationsWanted
  if (pairs.every(({ conversation }) => conversation === null)) return null
  const found = [...Map.groupBy(pairs, ({ conversation }) => conversation).values()]
  const uneven = found.findIndex((each) => each.length !== rounds)
  const one = found[uneven]
  if (one?.length === 1) return message('reply.oneRound', { number: uneven + 1, rounds })
  if (one) return message('reply.wrongRoundCount', { number: uneven + 1, count: one.length, wanted: rounds })
  const silent = pairs.find(({ rationale }) => rationale === null)
  return silent
    ? message('reply.roundWithoutReason', { round: (silent.turn ?? 0) + 1, conversation: (silent.conversation ?? 0) + 1 })
    : null
}
