import type { Recipe } from '../../../recipes/recipe'
import type { ApprovedPair } from '../../../store/candidates/approved'
import type { ReadableDb } from '../../../store/sql/types'
import { createImageIds, createImageNames, instructionId } from './identifiers'
import { describeImage } from './imageSource'

/** Placeholder for values that are known only once the whole set has been read: frames of videos, and related pairs. */
const later = ['…']

/** Returns entries of `<SET>_instructions.json` as the export will write them. */
export function previewMimicIt(db: ReadableDb, pairs: readonly ApprovedPair[], { prefix }: Pick<Recipe, 'prefix'>): string[] {
  const ids = createImageIds(db, prefix)
  const names = createImageNames(db)
  /** Maps the owner of an image to its id: pairs of one item share their images. */
  const given = new Map<string, string>()
  const idOf = (image: ReturnType<typeof describeImage>) => {
    const id = given.get(image.owner) ?? ids.idOf(image)
    given.set(image.owner, id)
    return id
  }
  return pairs.map((pair) => {
    const { id, instruction, response } = pair.candidate
    const hasVideo = pair.media.some(({ kind }) => kind === 'video')
    const images = hasVideo ? later : pair.media.map((medium, position) => idOf(describeImage(medium, position, pair, names)))
    const entry = { instruction, answer: response, image_ids: images, rel_ins_ids: later }
    return `${JSON.stringify(instructionId(prefix, id))}: ${JSON.stringify(entry, null, 2)}`
  })
}
