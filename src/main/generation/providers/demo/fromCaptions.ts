import type { Item } from '../../../../shared/domain'
import { mediumWord, type DemoDraft } from './draft'
import { asSentence, lowerFirst } from './english'

const most = 5

/** Questions that whole sentences about the item answer. */
export function draftsFromCaptions(item: Item): DemoDraft[] {
  const sentences = [...new Set((item.context.captions ?? []).filter((caption) => caption.trim() !== '').map(asSentence))].slice(0, most)
  const [first, ...others] = sentences
  if (first === undefined) return []
  const medium = mediumWord(item)
  const words =
    medium === 'pictures' ? { medium, does: 'do', is: 'are', these: 'these' } : { medium, does: 'does', is: 'is', these: 'this' }
  const second = others[0] ?? ''
  return [
    {
      kind: 'description',
      wordings: [
        'What {does} the {medium} show?',
        'Describe {these} {medium} in detail.',
        'Tell me everything you can see in {these} {medium}.',
      ],
      words,
      response: sentences.slice(0, 3).join(' '),
      more: sentences.slice(3).join(' '),
    },
    {
      kind: 'conversation',
      wordings: ['What stands out at first glance?', 'What is the main subject here?', 'What {is} {these} {medium} about?'],
      words,
      response: first,
      more: second,
    },
    {
      kind: 'reasoning',
      wordings: [
        'How would you explain {these} {medium} to someone who cannot see?',
        'What would you tell a friend on the telephone about {these} {medium}?',
      ],
      words,
      response: `I would begin with what matters most: ${lowerFirst(first)}${second ? ` Then I would add a detail: ${lowerFirst(second)}` : ''}`,
      more: 'Starting with the whole and going on to the details makes it easier to imagine.',
    },
    ...sentences.flatMap((sentence) => placeQuestion(sentence)),
  ]
}

const placePattern =
  /^(?<what>[^,;]+?) (?<where>on top of|next to|in front of|on|under|behind|beside|inside|near|above) (?:a|an|the|its|their) (?<place>[\p{L}\- ]+?)(?:[,.;]| (?:with|and|at|in|on|while|that|which) .*$)/u

const noPlace = /\b(background|foreground|distance|left|right|side|front|way|night|day|dusk|dawn)$/

/** “A cup on a red saucer.” answers what can be seen on the red saucer. */
function placeQuestion(sentence: string): DemoDraft[] {
  const { where, place } = placePattern.exec(sentence)?.groups ?? {}
  if (!where || !place || place.split(' ').length > 4 || noPlace.test(place)) return []
  return [
    {
      kind: 'conversation',
      wordings: ['What can be seen {where} the {place}?', 'What is there {where} the {place}?'],
      words: { where, place },
      response: sentence,
      more: '',
    },
  ]
}
