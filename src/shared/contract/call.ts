import { z } from 'zod'
import type { Visibility } from './visibility'

/**
 * Topics that calls read and change. The window reloads only the data whose topics a call changed. `pairs`: candidates with their
 * decisions, second reviews and positions among the exemplars · `marks`: flags, tags, comments and ratings · `drafts`: text typed for a
 * pair · `typedPairs`: pairs typed in the forms next to it · `reviewer`: the active reviewer.
 */
export const everyTopic = [
  'settings',
  'key',
  'recentProjects',
  'project',
  'place',
  'items',
  'prompt',
  'promptDraft',
  'comparisons',
  'coldStart',
  'recipe',
  'runs',
  'exports',
  'snapshots',
  'pairs',
  'marks',
  'drafts',
  'typedPairs',
  'desk',
  'sessions',
  'views',
  'reviewSettings',
  'guidelines',
  'dictionary',
  'quality',
  'reviewer',
] as const
export const topicSchema = z.enum(everyTopic)
export type Topic = z.infer<typeof topicSchema>

type Topics = readonly Topic[]

interface Effect<I> {
  /** the topics that the answer depends on */
  readonly reads?: Topics
  /** the topics that the call changes, which may depend on its input */
  readonly changes?: Topics | ((input: I) => Topics)
  /** name of the call without input that would now return the same answer */
  readonly answers?: string
}

/** Input schema of a call without input. */
export const nothing = z.object({}).strict()

/**
 * Defines a call: the schemas of its input and its answer, the visibility of the answer, and the topics that it reads or changes. An answer
 * that is not `shared` also depends on the active reviewer and on blind review.
 */
export const call = <I extends z.ZodType, O extends z.ZodType, V extends Visibility>(
  input: I,
  output: O,
  visibility: V,
  { reads = [], changes = [], answers }: Effect<z.output<I>>,
) => ({
  input,
  output,
  visibility,
  reads: visibility === 'shared' || reads.length === 0 ? reads : ([...reads, 'reviewer', 'quality'] as const),
  answers,
  changesOf: (given: z.output<I>): Topics => (typeof changes === 'function' ? changes(given) : changes),
})
