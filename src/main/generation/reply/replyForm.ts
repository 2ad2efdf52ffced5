import type { DraftedPair, OutputForm } from '../../../shared/domain'
import { type Said, say } from '../../../shared/say'
import { conversationsWanted } from '../prompt/outputForms'

/**
 * Whether the pairs of a reply have what their form asks for beside texts: a kind each, or conversations of so many rounds with a reason each.
 * Half a conversation would be exported as a whole one; fewer conversations than were asked for are taken, as fewer pairs are. Plain pairs will do in every form: small models know no other.
 * @returns what is missing, or null
 */
export function missingOfForm(pairs: readonly DraftedPair[], form: OutputForm): Said | null {
  switch (form) {
    case 'pairs':
      return null
    case 'kinds': {
      const without = pairs.findIndex(({ kind }) => kind === null)
      return without < 0 || pairs.every(({ kind }) => kind === null)
        ? null
        : say`pair ${without + 1} has no kind; it must be conversation, detail or reasoning.`
    }
    case 'conversations':
      return missingOfConversations(pairs)
  }
}

function missingOfConversations(pairs: readonly DraftedPair[]): Said | null {
  const { rounds } = conversationsWanted
  if (pairs.every(({ conversation }) => conversation === null)) return null
  const found = [...Map.groupBy(pairs, ({ conversation }) => conversation).values()]
  const uneven = found.findIndex((each) => each.length !== rounds)
  const one = found[uneven]
  if (one?.length === 1) return say`conversation ${uneven + 1} has 1 round; ${rounds} were asked for.`
  if (one) return say`conversation ${uneven + 1} has ${one.length} rounds; ${rounds} were asked for.`
  const silent = pairs.find(({ rationale }) => rationale === null)
  return silent ? say`round ${(silent.turn ?? 0) + 1} of conversation ${(silent.conversation ?? 0) + 1} has no reason.` : null
}
