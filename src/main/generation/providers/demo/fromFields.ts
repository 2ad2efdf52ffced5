import type { Item } from '../../../../shared/domain'
import { mediumWord, type DemoDraft } from './draft'
import { asSentence, listed, spacedWords } from './english'

/** What other drafts are made of, and what says nothing to people. */
const typedFields = new Set([
  'captions',
  'captionsOf',
  'boxes',
  'conversation',
  'differences',
  'images',
  'duration',
  'clip',
  'sentences',
  'descriptions',
  'objects',
  'activities',
  'narrations',
])

const most = 6

/** Questions about whatever else is known: one a field. Nested fields, addresses and empty ones say nothing by themselves. */
export function draftsFromFields(item: Item): DemoDraft[] {
  return Object.entries(item.context)
    .filter(([key]) => !typedFields.has(key) && !(item.context.images && (key === 'title' || key === 'description')))
    .flatMap(([key, value]) => {
      const texts = (Array.isArray(value) ? value : [value]).flatMap(asText).slice(0, most)
      return texts.length > 0 ? [draftOf(spacedWords(key), texts, item)] : []
    })
}

function asText(value: unknown): string[] {
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'string') return []
  const text = value.replace(/\s+/g, ' ').trim()
  return text === '' || /^\w+:\/\//.test(text) ? [] : [text]
}

function draftOf(field: string, texts: readonly string[], item: Item): DemoDraft {
  const whole = texts.map(asSentence).join(' ')
  const medium = mediumWord(item)
  const words = { field, medium }
  if (/^(transcript|subtitles?|speech|dialogue)$/.test(field))
    return {
      kind: 'conversation',
      wordings: ['What is said in the {medium}?', 'Which words can be heard in the {medium}?'],
      words,
      response: `One can hear: “${texts.join(' ')}”`,
      more: '',
    }
  if (/^(caption|description|summary|sentences?|narrations?|story|text)$/.test(field))
    return {
      kind: 'description',
      wordings: ['What does the {medium} show?', 'Describe the {medium} in a few sentences.'],
      words,
      response: whole,
      more: '',
    }
  if (texts.every((text) => text.split(' ').length < 4))
    return {
      kind: 'conversation',
      wordings: ['What is the {field} here?', 'What can you say about the {field}?'],
      words,
      response: `The ${field} ${texts.length > 1 ? 'are' : 'is'} ${listed(texts)}.`,
      more: '',
    }
  return {
    kind: 'conversation',
    wordings: ['What can you tell me about the {field}?', 'Is there anything to say about the {field}?'],
    words,
    response: whole,
    more: '',
  }
}
