import type { Box, Item, Media } from '../../../../shared/domain'
import type { PlacedPair } from '../../prompt/outputForms'

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const ordinal = (at: number) => ordinals[at] ?? 'next'

/** Creates plain pairs from the context of an item; none if the context has no usable text. */
export function templateDrafts(item: Item): PlacedPair[] {
  const { captions, captionsOf = [], boxes = [], conversation = [], differences, images, ...others } = item.context
  const { duration: _, clip: __, sentences, descriptions, objects, activities, narrations, ...fields } = others
  const medium = mediumOf(item)
  const told = [
    ...tell(`Describe the ${medium}.`, `What is the {nth} thing to notice in the ${medium}?`, captions),
    ...captionsOf.flatMap((texts, at) =>
      tell(`Describe the ${ordinal(at)} image.`, `What is the {nth} thing to notice in the ${ordinal(at)} image?`, texts),
    ),
    ...(differences?.length === 0
      ? tell('What changed between the two images?', 'Is there anything new?', ['Nothing changed between them.'])
      : tell('How do the two images compare?', 'What is the {nth} thing to notice when the two images are compared?', differences)),
    ...tell(
      'Tell the story of these images.',
      'What is the {nth} part of the story?',
      images?.map(({ story }) => story[0] ?? ''),
    ),
    ...tell('What happens in the video?', 'What is the {nth} thing that happens in the video?', inOrder(sentences)),
    ...tell('What happens in the clip?', 'What is the {nth} thing to notice in the clip?', descriptions),
    ...tell('What is there in the room?', 'What is the {nth} thing to know about the room?', objects),
    ...tell('What may people want to do here?', 'What is the {nth} thing that somebody may want to do here?', activities),
    ...tell(
      'What happens in this recording?',
      'What is the {nth} step in this recording?',
      narrations?.map(({ text }) => spellOut(text)),
    ),
  ]
  const [first] = told
  return [
    ...conversation.map(({ instruction, response }) => pair('conversation', instruction, response)),
    ...told,
    ...(first ? [pair('reasoning', `How would you explain the ${medium} to somebody who cannot see?`, `“${first.response}”`)] : []),
    ...item.media.flatMap((media, at) =>
      describeBoxes(
        boxes.filter((box) => box.media === at),
        item.media.length > 1 ? `${ordinal(at)} ${media.kind === 'video' ? 'clip' : 'image'}` : medium,
        media,
      ),
    ),
    ...Object.entries(fields).flatMap(([key, value]) => describeField(spacedWords(key), value)),
  ].filter(({ instruction, response }) => hasWords(instruction) && hasWords(response))
}

const pair = (kind: NonNullable<PlacedPair['kind']>, instruction: string, response: string): PlacedPair => ({ kind, instruction, response })

const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text)

function mediumOf({ media }: Item): string {
  if (media.some(({ kind }) => kind === 'video')) return 'clip'
  return media.length > 1 ? 'images' : 'image'
}

/** Creates a pair about all of the texts, and one about each. */
function tell(whole: string, each: string, texts: readonly string[] = []): PlacedPair[] {
  const sentences = [...new Set(texts.filter(hasWords).map(asSentence))].slice(0, ordinals.length)
  if (sentences.length === 0) return []
  return [
    pair('detail', whole, sentences.join(' ')),
    ...sentences.map((sentence, at) => pair('conversation', each.replace('{nth}', ordinal(at)), sentence)),
  ]
}

function describeBoxes(boxes: readonly Box[], image: string, media: Media): PlacedPair[] {
  const groups = [...Map.groupBy(boxes, ({ label }) => label.trim()).entries()].filter(([label]) => hasWords(label))
  if (groups.length === 0) return []
  const counted = groups.map(([label, { length }]) => (length > 1 ? `${label} (${length})` : label)).join(', ')
  return [
    pair('conversation', `Which things can be seen in the ${image}?`, asSentence(counted)),
    ...groups.map(([label, { length }]) =>
      pair('conversation', `How often can “${label}” be seen in the ${image}?`, length === 1 ? 'Once.' : `It can be seen ${length} times.`),
    ),
    ...groups.flatMap(([label, [box, second]]) =>
      box && !second ? [pair('conversation', `Where in the ${image} is “${label}”?`, `It is ${placeOf(box, media)}.`)] : [],
    ),
  ]
}

/** Returns the position of a box's centre in a 3 × 3 grid. */
function placeOf(box: Box, { width, height }: Media): string {
  const third = (share: number, low: string, high: string) => (share < 1 / 3 ? low : share > 2 / 3 ? high : '')
  const across = width ? third((box.x + box.width / 2) / width, 'on the left', 'on the right') : ''
  const down = height ? third((box.y + box.height / 2) / height, 'at the top', 'at the bottom') : ''
  return [down, across].filter(Boolean).join(', ') || 'near the middle'
}

/** Creates a pair about a field; nested fields, URLs and empty values are skipped, since they have no meaning by themselves. */
function describeField(field: string, value: unknown): PlacedPair[] {
  const texts = (Array.isArray(value) ? value : [value])
    .flatMap((text) => (typeof text === 'string' || typeof text === 'number' ? [String(text).trim()] : []))
    .filter((text) => hasWords(text) && !/^\w+:\/\//.test(text))
  if (texts.length === 0 || !hasWords(field)) return []
  return [pair('conversation', `What can be said about the ${field}?`, asSentence(texts.slice(0, ordinals.length).join(', ')))]
}

const inOrder = (sentences: Item['context']['sentences']) =>
  sentences?.toSorted((one, other) => one.start - other.start).map(({ text }) => text)

/** Expands Ego4D's abbreviations: `#C C looks` is an action of the camera wearer, `#O` one of somebody else. */
const spellOut = (narration: string) =>
  narration
    .replace(/^#C\s+/, '')
    .replace(/^#O\s+/, '')
    .replace(/^C\b/, 'the person with the camera')
    .replace(/#unsure/gi, 'something')

/** Trims a text, capitalizes it and adds a full stop. */
function asSentence(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/ ([.,!?;])/g, '$1')
    .trim()
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.!?…"”)]$/.test(line) ? '' : '.'}`
}

/** Separates the words of a key: `timeOfDay` and `time_of_day` become `time of day`. */
const spacedWords = (key: string): string =>
  key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\-\s]+/g, ' ')
    .trim()
    .toLowerCase()
