import type { DraftedPair, Item } from '../../../../shared/domain'
import { conversationsWanted } from '../../prompt/outputForms'
import { seededRandom, shuffle } from '../../seededRandom'
import { asSentence, clause, lowerFirst, withoutStop } from './english'

type Round = Pick<DraftedPair, 'instruction' | 'response' | 'conversation' | 'turn' | 'rationale'>

const openings = [
  'I want to {wish}. What here would help me?',
  'I would like to {wish}. Where should I begin?',
  'Can you help me to {wish} in this room?',
]
const followings = [
  'What else should I know about the room?',
  'And what should I look out for on the way?',
  'Is there anything else in here that I should keep in mind?',
]
const endings = ['Where do I go after that?', 'What should I do at the end?', 'And once I am done with that?']

/** Conversations about what somebody may want to do in a room, each round with the reason for its response; none without notes on the room. */
export function conversationsInRoom(item: Item, salt: string): Round[] {
  const random = seededRandom(`${item.sourceId}:${salt}`)
  const facts = shuffle([...new Set((item.context.objects ?? []).filter((text) => text.trim() !== '').map(tidy))], random)
  if (facts.length === 0) return []
  const wishes = shuffle(
    (item.context.activities ?? []).filter((text) => text.trim() !== ''),
    random,
  )
  const wanted = [...wishes.map(wishOf), 'find my way around', 'tidy up a little', 'rest for a while'].slice(
    0,
    conversationsWanted.conversations,
  )
  return wanted.flatMap((wish, conversation) => {
    const fact = (turn: number) => facts[(conversation * conversationsWanted.rounds + turn) % facts.length] ?? ''
    const wording = (wordings: readonly string[]) => (wordings[conversation % wordings.length] ?? '').replace('{wish}', wish)
    const rounds = [
      { instruction: wording(openings), response: `Gladly. Begin with what stands out here: ${clause(fact(0))}.`, about: fact(0) },
      { instruction: wording(followings), response: `Yes, there is one more thing to know: ${clause(fact(1))}.`, about: fact(1) },
      { instruction: wording(endings), response: `Then have a look at one last thing: ${clause(fact(2))}.`, about: fact(2) },
    ]
    return rounds.map(({ instruction, response, about }, turn) => {
      return { instruction, response, conversation, turn, rationale: `It is known about the room that ${lowerFirst(withoutStop(about))}.` }
    })
  })
}

/** “the motorcycle is red .” → “The motorcycle is red.” */
const tidy = (text: string) => asSentence(text.replace(/\s+([.,!?;])/g, '$1'))

/** “A cleaner wants to sweep the floor.” → “sweep the floor” */
const wishOf = (activity: string) => lowerFirst(withoutStop(activity.replace(/^.*?\bwants? to\s+/i, '')))
