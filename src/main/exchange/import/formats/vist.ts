import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../shared/contract'
import type { AlbumImage } from '../../../../shared/domain'
import { message, type Message } from '../../../../shared/messages/message'
import { type Gathering, openScratch, type Scratch, type ScratchList } from '../../../store/sql/scratch'
import { atRecord, type ImportEntry, faultCode, noteEntry, problemEntry, requireImportFile, schemaFault } from '../row/entry'
import { LeftOut } from '../row/leftOut'
import { isKeyed } from '../row/shapes'
import { type JsonEntry, readJsonEntries } from '../json/readJsonStream'

const idSchema = z.union([z.string().min(1), z.number().int()], { error: faultCode('import.vist.expectedId') }).transform(String)
const textSchema = z.string().nullish()
const albumSchema = z.looseObject({ id: idSchema, title: textSchema, description: textSchema })
const imageSchema = z.looseObject({ id: idSchema, album_id: idSchema, title: textSchema, tags: textSchema })
const sentenceSchema = z.looseObject({
  photo_flickr_id: idSchema,
  story_id: idSchema,
  worker_arranged_photo_order: z.number(),
  text: z.string(),
  original_text: textSchema,
})
const lists = ['albums', 'images', 'annotations']

interface Album {
  readonly line: number
  readonly title: string
  readonly description: string
}

interface Photo {
  readonly albumId: string
  readonly title: string
  readonly tags: string
}

/** The sentence of a story about a photo. */
interface Telling {
  /** Position of the story in the file; later stories have higher numbers. */
  readonly story: number
  readonly place: number
  readonly text: string
}

interface AlbumPhoto {
  readonly id: string
  readonly image: AlbumImage
}

interface Sentence {
  readonly photoId: string
  readonly storyId: string
  readonly place: number
  readonly text: string
  /** Whether the text is poor: the original is missing, or the normalized text has placeholders although an original exists. */
  readonly isPoor: boolean
}

/** An annotation or its fault; stored as JSON in scratch storage. */
type Waiting = { readonly line: number } & ({ readonly sentence: Sentence } | { readonly fault: Message })

/** Selects which of the two texts of a sentence is used. */
type TextChoice = NonNullable<ImportRequest['text']>

interface Reading {
  readonly file: string
  readonly choice: TextChoice
  readonly albums: Gathering<Album, AlbumPhoto>
  readonly photos: Gathering<Photo, Telling>
  readonly stories: Gathering<null>
  readonly waiting: ScratchList<Waiting>
  readonly leftOut: LeftOut
}

const givenId = (value: unknown) => (isKeyed(value) && ['string', 'number'].includes(typeof value.id) ? String(value.id) : null)

const trim = (text: string | null | undefined) => text?.trim() ?? ''

function readAlbum({ file, albums }: Reading, { line, index, value }: JsonEntry): ImportEntry | null {
  const album = albumSchema.safeParse(value)
  if (!album.success) return problemEntry(file, line, givenId(value), atRecord(index, schemaFault(album.error, 'album')))
  const { id, title, description } = album.data
  if (albums.put(id, { line, title: trim(title), description: trim(description) }).isNew) return null
  return problemEntry(file, line, id, message('import.vist.duplicateAlbum', { id }))
}

function readImage({ file, photos }: Reading, { line, index, value }: JsonEntry): ImportEntry | null {
  const image = imageSchema.safeParse(value)
  if (!image.success) return problemEntry(file, line, givenId(value), atRecord(index, schemaFault(image.error, 'image')))
  const { id, album_id: albumId, title, tags } = image.data
  if (photos.put(id, { albumId, title: trim(title), tags: trim(tags) }).isNew) return null
  return problemEntry(file, line, null, message('import.duplicateImage', { id }))
}

/** Placeholders for names in the tokenised text. */
const replacedName = /\[(?:male|female|location|organization)\]/

function readSentence(value: unknown, index: number, choice: TextChoice): { sentence: Sentence } | { fault: Message } {
  const sentence = sentenceSchema.safeParse(value)
  if (!sentence.success) return { fault: atRecord(index, schemaFault(sentence.error, 'annotation')) }
  const { photo_flickr_id: photoId, story_id: storyId, worker_arranged_photo_order: place, text } = sentence.data
  const original = trim(sentence.data.original_text)
  const chosen =
    choice === 'original'
      ? { text: original || text.trim(), isPoor: original === '' }
      : { text: text.trim(), isPoor: original !== '' && replacedName.test(text) }
  return { sentence: { photoId, storyId, place, ...chosen } }
}

function addSentence({ file, photos, stories }: Reading, { line, ...waiting }: Waiting): ImportEntry | null {
  if ('fault' in waiting) return problemEntry(file, line, null, waiting.fault)
  const { sentence } = waiting
  const { photoId, storyId, place, text } = sentence
  const photo = photos.find(photoId)
  if (photo === undefined) return problemEntry(file, line, null, message('import.vist.storyWithoutImage', { storyId, photoId }))
  const story = stories.find(storyId) ?? stories.put(storyId, null).place
  photos.push(photo, { story, place, text })
  return null
}

/** Reads the lists of the file. The sentences wait until all images are read, because the lists may be in any order. */
async function* readLists(file: string, reading: Reading): AsyncGenerator<ImportEntry, void, undefined> {
  for await (const entry of readJsonEntries(file, (each) => lists.includes(each))) {
    const { key, index, line, value } = entry
    if (index === null) continue
    if (key === 'annotations')
      for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
        reading.waiting.push({ line, ...readSentence(each, index, reading.choice) })
    else {
      const problem = key === 'albums' ? readAlbum(reading, entry) : readImage(reading, entry)
      if (problem) yield problem
    }
  }
  let firstPoor: number | null = null
  for (const each of reading.waiting.read()) {
    const problem = addSentence(reading, each)
    if (problem) yield problem
    if ('sentence' in each && each.sentence.isPoor) firstPoor ??= each.line
  }
  if (firstPoor !== null) yield noteEntry(reading.file, firstPoor, null, poorText[reading.choice])
}

const poorText = {
  normalized: message('import.vist.placeholdersInText'),
  original: message('import.vist.noOriginalText'),
} as const satisfies Record<TextChoice, Message>

/** Adds the photos of stories to their albums, in the order of the first story about each photo. */
function* fillAlbums({ file, albums, photos, leftOut }: Reading, lost: ScratchList<ImportEntry>): Generator<ImportEntry, void, undefined> {
  for (const { id, head, parts } of photos.read()) {
    const [first] = parts
    if (!first) continue
    const { albumId, title, tags } = head
    const order = [first.story, first.place] as const
    const album = albums.find(albumId)
    const story = leftOut.trim(
      id,
      parts.map(({ text }) => text),
    )
    if (album !== undefined) albums.push(album, { id, image: { title, tags, story } }, order)
    else lost.push(problemEntry(file, null, albumId, message('import.vist.imageWithoutAlbum', { id, albumId })), order)
  }
  yield* lost.read()
}

async function* readAlbums(file: string, choice: TextChoice, scratch: Scratch): AsyncGenerator<ImportEntry, void, undefined> {
  const name = basename(file)
  const albums: Reading['albums'] = scratch.gather()
  const reading = {
    file: name,
    choice,
    albums,
    photos: scratch.gather(),
    stories: scratch.gather(),
    waiting: scratch.list(),
    leftOut: new LeftOut(),
  } satisfies Reading
  yield* readLists(file, reading)
  yield* fillAlbums(reading, scratch.list())
  yield { kind: 'total', total: albums.countWithParts() }
  for (const { id, head, parts } of albums.read()) {
    const { line, title, description } = head
    if (parts.length === 0) {
      yield problemEntry(name, line, id, message('import.vist.albumWithoutStory'))
      continue
    }
    const images = parts.map(({ image }) => image)
    const context = { ...(title === '' ? {} : { title }), ...(description === '' ? {} : { description }), images }
    yield { kind: 'row', file: name, line, id, mediaNames: parts.map((photo) => photo.id), context }
  }
  yield* reading.leftOut.notes(name)
}

/**
 * Reads visual storytelling, story in sequence (https://visionandlanguage.net/VIST/): `{albums, images, annotations: [[{photo_flickr_id,
 * story_id, worker_arranged_photo_order, text}]]}`. An album with stories is an item: its images in the order of the first story, then
 * those that only later stories use, each with its title, tags and the sentences of all stories (`original_text` if the request asks for
 * the original). The files are named by photo id, with any extension, or by the files map.
 */
export async function* readVist(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const scratch = openScratch()
  try {
    yield* readAlbums(file, request.text ?? 'normalized', scratch)
  } finally {
    scratch.close()
  }
}
