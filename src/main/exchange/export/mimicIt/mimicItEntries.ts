import { createReadStream } from 'node:fs'
import { z } from 'zod'
import type { ExportReport } from '../../../../shared/domain'
import { type Message, message, type Text } from '../../../../shared/messages/message'
import type { Fingerprint } from '../../../media/neighbours/fingerprint'
import type { Recipe } from '../../../recipes/recipe'
import { comparesImages, type RelatablePair, type RelatedTo } from '../../../recipes/relate'
import type { ApprovedPair } from '../../../store/candidates/approved'
import { createProgress, createSetSummary, type ExportJob, groupByItem, type ItemPairs, listPairs, type SetSummary } from '../exportJob'
import { mapAhead } from '../../mapAhead'
import { createImageNames } from './identifiers'
import { createImageSource, type ItemImages, type TrainingImage } from './imageSource'
import type { TextFile } from '../files/atomicDirectory'
import type { ImageParquet } from './parquet'

/** Number of items whose images are created concurrently; libvips has its own threads. */
const itemsAhead = 4

/** A line of the intermediate file, one per pair: an entry of `data` without its relations, and the part that contains its first image. */
const lineSchema = z.object({
  part: z.number(),
  entry: z.object({ instruction: z.string(), answer: z.string(), image_ids: z.array(z.string()) }),
})
type Line = z.infer<typeof lineSchema>

interface WrittenImage {
  readonly id: string
  readonly part: number
  readonly fingerprint: Fingerprint | null
}

interface EntriesWritten {
  readonly summary: SetSummary
  readonly images: number
  readonly hasVideo: boolean
  readonly leftOut: ExportReport['leftOut']
  /** Ids of the pairs in the set, ordered by item and then by age. */
  readonly ids: readonly number[]
  /** Related pairs by index in that order. */
  readonly relatedTo: RelatedTo
}

/** Runs the first pass over the approved pairs: writes images to the Parquet file, and one line per entry to `write`. */
export async function writeEntries(
  job: ExportJob,
  { frames, relate }: Recipe,
  parquet: ImageParquet,
  write: TextFile['write'],
): Promise<EntriesWritten> {
  const advance = createProgress(job)
  const summary = createSetSummary()
  const leftOut: { candidateId: number; item: string; reason: Text }[] = []
  const relating = relate()
  const ids: number[] = []
  let hasVideo = false
  /** Maps the key of an image to its written image. */
  const written = new Map<string, WrittenImage>()
  const source = createImageSource({
    directory: job.project.directory,
    rule: frames,
    names: createImageNames(job.project.db),
    compares: comparesImages(relate),
    isWritten: (key) => written.has(key),
    signal: job.signal,
  })

  const readImages = async (pairs: ItemPairs): Promise<{ pairs: ItemPairs; images: ItemImages }> => {
    job.signal?.throwIfAborted()
    return { pairs, images: await source.read(pairs[0]) }
  }

  const placeOf = async ({ key, base64, fingerprint, ...image }: TrainingImage) => {
    let place = written.get(key)
    if (!place && base64 !== null) {
      const id = job.imageIds.idOf(image)
      place = { id, part: await parquet.append(id, base64), fingerprint }
      written.set(key, place)
    }
    return place
  }

  for await (const { pairs, images } of mapAhead(groupByItem(listPairs(job)), itemsAhead, readImages)) {
    const [first] = pairs
    const reason = whyNot(first, images)
    if (reason !== null || !images.ok) {
      for (const { candidate } of pairs) leftOut.push({ candidateId: candidate.id, item: first.itemSourceId, reason: reason ?? '' })
    } else {
      const places: WrittenImage[] = []
      for (const image of images.images) {
        const place = await placeOf(image)
        if (place) places.push(place)
      }
      hasVideo ||= first.media.some(({ kind }) => kind === 'video')
      const shown = first.media.map((medium) => medium.id).join(' ')
      for (const pair of pairs) {
        const { instruction, response } = pair.candidate
        const entry = { instruction, answer: response, image_ids: places.map((place) => place.id) }
        await write(`${JSON.stringify({ part: places[0]?.part ?? 0, entry } satisfies Line)}\n`)
        relating.add(toRelatable(pair, shown, places[0]?.fingerprint ?? null))
        ids.push(pair.candidate.id)
        summary.add(pair)
      }
    }
    advance(pairs.length)
  }
  return { summary: summary.read(), images: written.size, hasVideo, leftOut, ids, relatedTo: relating.finish() }
}

function whyNot({ media, missing }: ApprovedPair, images: ItemImages): Message | null {
  if (missing.length > 0) return message('exportSet.mimicIt.itemWaitsForMedia', { missing: missing.map(({ name }) => name).join(', ') })
  if (!images.ok) return images.reason
  return media.length === 0 ? message('exportSet.mimicIt.itemHasNoImage') : null
}

function toRelatable({ candidate }: ApprovedPair, shown: string, fingerprint: Fingerprint | null): RelatablePair {
  const { itemId, conversationCallId: callId, kind, conversation, turn, instruction } = candidate
  return { itemId, callId, kind, conversation, turn, instruction, shown, fingerprint }
}

/** Runs the second pass: yields the entries that `writeEntries` wrote. */
export async function* readEntries(file: string): AsyncGenerator<Line> {
  // node:readline is not used because it also ends lines at U+2028.
  let rest = ''
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield lineSchema.parse(JSON.parse(line))
  }
}
