import { z } from 'zod'
import type { Visibility } from './visibility'

/**
 * What calls read and change. The window reads again what a change concerns, and nothing else. `pairs`: candidates with their decisions,
 * second reviews and places among the exemplars · `marks`: flags, tags, comments and ratings · `drafts`: text typed for a pair ·
 * `typedPairs`: pairs typed in the forms beside it · `reviewer`: who sits at the desk.
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
  /** what the answer depends on */
  readonly reads?: Topics
  /** what the call changes, which may depend on its input */
  readonly changes?: Topics | ((input: I) => Topics)
  /** the call without input that would now answer the same */
  readonly answers?: string
}

/** Input of a call that needs none. */
export const nothing = z.object({}).strict()

/**
 * Defines a call: the form of its input and of its answer, who may see the answer, and what it reads or changes. What is not the same for
 * all reviewers depends on who asks, and on whether review is blind.
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
