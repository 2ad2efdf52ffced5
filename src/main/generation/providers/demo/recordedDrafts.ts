import { z } from 'zod'
import { type DraftedPair, draftedPairSchema, type Item } from '../../../../shared/domain'
import recorded from '../../../../../resources/sample/recordedDrafts.json'

const recordedSchema = z.object({
  /** SHA-256 hashes by file name. */
  media: z.record(z.string(), z.string()),
  drafts: z.array(
    z.object({
      media: z.array(z.string()),
      /** Field of the context that distinguishes recipes with the same media. */
      about: z.string(),
      /** Start of the clip in seconds, for parts of a video. */
      from: z.number().optional(),
      pairs: z.array(draftedPairSchema),
    }),
  ),
})

let parsed: z.output<typeof recordedSchema> | undefined

/** Returns the pairs that people wrote about the media of the sample; none for other media, which are distinguished by their content. */
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
