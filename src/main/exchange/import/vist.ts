import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import type { AlbumImage } from '../../../shared/domain'
import { type ImportEntry, problemEntry, requireImportFile, schemaFault } from './entry'
import { readJsonEntries } from './readJsonStream'

const idSchema = z.union([z.string().min(1), z.number().int()], { error: 'expected an id' }).transform(String)
const textSchema = z.string().nullish()
const albumSchema = z.looseObject({ id: idSchema, title: textSchema, description: textSchema })
const imageSchema = z.looseObject({ id: idSchema, album_id: idSchema, title: textSchema, tags: textSchema })
const sentenceSchema = z.looseObject({
  photo_flickr_id: idSchema,
  story_id: idSchema,
  worker_arranged_photo_order: z.number(),
  text: z.string(),
})
const lists = ['albums', 'images', 'annotations']

interface Photo {
  readonly albumId: string
  readonly image: AlbumImage
  /** of the photo in the first story that tells of it */
  order: { story: number; place: number } | null
}

interface Reading {
  readonly file: string
  readonly albums: Map<string, { line: number; title: string; description: string; photos: string[] }>
  readonly photos: Map<string, Photo>
  readonly stories: Map<string, number>
}

const trim = (text: string | null | undefined) => text?.trim() ?? ''

function readAlbum({ file, albums }: Reading, line: number, value: unknown): ImportEntry | null {
  const album = albumSchema.safeParse(value)
  if (!album.success) return problemEntry(file, line, null, schemaFault(album.error, 'album'))
  const { id, title, description } = album.data
  if (albums.has(id)) return problemEntry(file, line, id, `album ${id} stands in the list twice; the first is kept`)
  albums.set(id, { line, title: trim(title), description: trim(description), photos: [] })
  return null
}

function readImage({ file, photos }: Reading, line: number, value: unknown): ImportEntry | null {
  const image = imageSchema.safeParse(value)
  if (!image.success) return problemEntry(file, line, null, schemaFault(image.error, 'image'))
  const { id, album_id: albumId, title, tags } = image.data
  if (photos.has(id)) return problemEntry(file, line, null, `image ${id} stands in the list twice; the first is kept`)
  photos.set(id, { albumId, image: { title: trim(title), tags: trim(tags), story: [] }, order: null })
  return null
}

function addSentence({ file, photos, stories }: Reading, line: number, value: unknown): ImportEntry | null {
  const sentence = sentenceSchema.safeParse(value)
  if (!sentence.success) return problemEntry(file, line, null, schemaFault(sentence.error, 'annotation'))
  const { photo_flickr_id: id, story_id: storyId, worker_arranged_photo_order: place, text } = sentence.data
  const photo = photos.get(id)
  if (!photo) return problemEntry(file, line, null, `story ${storyId}: there is no image ${id} in the list of images`)
  const story = stories.get(storyId) ?? stories.size
  stories.set(storyId, story)
  photo.order ??= { story, place }
  if (text.trim() !== '') photo.image.story.push(text.trim())
  return null
}

/** What the lists of the file say; the sentences wait for the images, whichever comes first. */
async function* readLists(file: string, reading: Reading): AsyncGenerator<ImportEntry, void, undefined> {
  const sentences: { line: number; value: unknown }[] = []
  for await (const { key, index, line, value } of readJsonEntries(file, (each) => lists.includes(each))) {
    if (index === null) continue
    if (key === 'annotations') sentences.push(...(Array.isArray(value) ? value : [value]).map((each: unknown) => ({ line, value: each })))
    else {
      const problem = key === 'albums' ? readAlbum(reading, line, value) : readImage(reading, line, value)
      if (problem) yield problem
    }
  }
  for (const { line, value } of sentences) {
    const problem = addSentence(reading, line, value)
    if (problem) yield problem
  }
}

/**
 * Visual storytelling, story in sequence (https://visionandlanguage.net/VIST/): `{albums, images, annotations: [[{photo_flickr_id,
 * story_id, worker_arranged_photo_order, text}]]}`. An album that stories tell of is an item: its images in the order of the first
 * story, then those that only later stories have, each with its title, tags and the sentences of all stories. The files have the
 * photos' ids as names, with any ending, or are named by the files map.
 */
export async function* readVist(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const reading: Reading = { file: basename(file), albums: new Map(), photos: new Map(), stories: new Map() }
  yield* readLists(file, reading)
  const { albums, photos } = reading
  const told = [...photos].filter(([, { order }]) => order !== null)
  told.sort(([, a], [, b]) => (a.order?.story ?? 0) - (b.order?.story ?? 0) || (a.order?.place ?? 0) - (b.order?.place ?? 0))
  for (const [id, { albumId }] of told) {
    const album = albums.get(albumId)
    if (album) album.photos.push(id)
    else yield problemEntry(reading.file, null, albumId, `image ${id}: there is no album ${albumId} in the list of albums`)
  }
  yield { kind: 'total', total: [...albums.values()].filter(({ photos: ids }) => ids.length > 0).length }
  for (const [id, { line, title, description, photos: ids }] of albums) {
    if (ids.length === 0) {
      yield problemEntry(reading.file, line, id, 'no story tells of this album, so it is left out')
      continue
    }
    const images = ids.flatMap((each) => photos.get(each)?.image ?? [])
    const context = { ...(title === '' ? {} : { title }), ...(description === '' ? {} : { description }), images }
    yield { kind: 'row', file: reading.file, line, id, mediaNames: ids, context }
  }
}
