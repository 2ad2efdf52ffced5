import { z } from 'zod'
import { type DraftedPair, draftedPairSchema, type Item } from '../../../../shared/domain'
import recorded from '../../../../../resources/sample/recordedDrafts.json'

const recordedSchema = z.object({
  /** SHA-256 by file name */
  media: z.record(z.string(), z.string()),
  drafts: z.array(
    z.object({
      media: z.array(z.string()),
      /** the field of the context that tells the recipes apart which share media */
      about: z.string(),
      /** where the clip starts, in seconds; for parts of a video */
      from: z.number().optional(),
      pairs: z.array(draftedPairSchema),
    }),
  ),
})

let parsed: z.output<typeof recordedSchema> | undefined

/** Returns the pairs that people wrote about the media of the sample; none for other media, which their content tells apart. */
export function recordedDrafts({ media, context }: Item): readonly DraftedPair[] {
  parsed ??= recordedSchema.parse(recorded)
  const { media: hashes, drafts } = parsed
  const own = media.map(({ sha256 }) => sha256).join()
  const found = drafts.find(
    (draft) =>
      draft.media.map((name) => hashes[name]).join() === own &&
      context[draft.about] !== undefined &&
      (draft.from === undefined || draft.from === context.clip?.start),
  )
  return found?.pairs ?? []
}
