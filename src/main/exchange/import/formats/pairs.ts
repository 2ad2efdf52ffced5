import { toProblem } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import { type Fingerprint, fingerprintImage } from '../../../media/neighbours/fingerprint'
import { nearestOthers } from '../../../media/neighbours/nearestOthers'
import type { FindMedia } from '../row/importMedia'
import { type ImportEntries, type ImportEntry, type ImportRow, problemEntry, toEntries } from '../row/entry'

interface Image {
  readonly row: ImportRow
  readonly fingerprint: Fingerprint
}

/** Number of images to decode at the same time; matches the default size of Node's thread pool. */
const imagesAtOnce = 4

/** Checks whether an image is already part of a pair in the project. */
type IsPaired = (id: string) => boolean

/** Creates an item for an image whose file is missing, until a later import finds the file and pairs it. */
function withoutPair({ context: { captions = [], ...context }, ...row }: ImportRow): ImportRow {
  return { ...row, context: { captionsOf: [captions], ...context } }
}

async function lookAt(row: ImportRow, find: FindMedia, isPaired: IsPaired): Promise<Image | ImportEntry> {
  try {
    const [medium] = await find(row)
    if (!medium?.file && !isPaired(row.id)) return withoutPair(row)
    if (!medium?.file)
      return problemEntry(row.file, row.line, row.id, message('import.pairs.imageMissing', { name: medium?.wanted ?? '' }), 'link')
    return { row, fingerprint: await fingerprintImage(medium.file, medium.name) }
  } catch (error) {
    return problemEntry(row.file, row.line, row.id, toProblem(error, row.id).message)
  }
}

function pairOf({ row: a }: Image, { row: b }: Image): ImportRow {
  const boxes = [a, b].flatMap(({ context }, media) => (context.boxes ?? []).map((box) => ({ ...box, media })))
  const inPlaceOf = [a.id, b.id]
  const context = { captionsOf: [a.context.captions ?? [], b.context.captions ?? []], ...(boxes.length > 0 ? { boxes } : {}) }
  const mediaNames = [...a.mediaNames, ...b.mediaNames]
  const boxesDrawnOn = [a, b].map((row) => row.boxesDrawnOn?.[0] ?? null)
  const id = `${a.id}_${b.id}`
  return { kind: 'row', file: a.file, line: null, id, mediaNames, context, inPlaceOf, ...(boxes.length > 0 ? { boxesDrawnOn } : {}) }
}

/**
 * Creates items with two images from single-image items: each image is paired with the most similar one, by fingerprint. Two images that
 * choose each other are one pair; an image whose file is missing is an item on its own. The images of a pair are in file order, and the id
 * of the pair is `<a>_<b>`.
 */
export async function* pairByLikeness(
  entries: ImportEntries,
  find: FindMedia,
  isPaired: IsPaired,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImportEntry, void, undefined> {
  const images: Image[] = []
  let lone = 0
  const underWay: Promise<Image | ImportEntry>[] = []
  const take = async function* () {
    const next = await underWay.shift()
    if (next && 'fingerprint' in next) images.push(next)
    else if (next) {
      if (next.kind === 'row') lone++
      yield next
    }
  }
  for await (const some of entries)
    for (const entry of toEntries(some)) {
      if (signal?.aborted) return
      if (entry.kind === 'problem' || entry.kind === 'note') yield entry
      else if (entry.kind === 'row') underWay.push(lookAt(entry, find, isPaired))
      if (underWay.length >= imagesAtOnce) yield* take()
    }
  while (underWay.length > 0) yield* take()
  if (signal?.aborted) return
  const nearest = await nearestOthers(
    images.map(({ fingerprint }) => fingerprint),
    signal,
  ).catch((error: unknown) => {
    if (signal?.aborted) return null
    throw error
  })
  if (nearest) yield* pairUp(images, nearest, lone)
}

function* pairUp(images: readonly Image[], nearest: readonly (number | null)[], lone: number): Generator<ImportEntry> {
  const pairs = new Map<string, readonly [Image, Image]>()
  for (const [index, partner] of nearest.entries()) {
    const [a, b] = partner === null ? [] : [images[Math.min(index, partner)], images[Math.max(index, partner)]]
    if (a && b) pairs.set(`${Math.min(index, partner ?? 0)} ${Math.max(index, partner ?? 0)}`, [a, b])
    else yield problemEntry(images[index]?.row.file ?? '', null, images[index]?.row.id ?? null, message('import.pairs.noOtherImage'))
  }
  yield { kind: 'total', total: pairs.size + lone }
  for (const [a, b] of pairs.values()) yield pairOf(a, b)
}
