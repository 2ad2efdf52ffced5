import { z } from 'zod'
import { textSchema } from './text/cleanText'
import { fixRuleSchema, maxFixRules } from './editing'
import { candidateStateSchema, idSchema, rejectReasons, seedSchema, timeSchema } from './domain'
import { lookQueueSchema } from './quality'
import { cardKindSchema, tableSortSchema } from './table'

/** Filter of a list of candidates; all parts must match, an empty filter matches all. */
export const candidateFilterSchema = z.object({
  states: z.array(candidateStateSchema).optional(),
  runId: idSchema.optional(),
  promptVersionId: idSchema.optional(),
  itemId: idSchema.optional(),
  itemIds: z.array(idSchema).optional(),
  kind: z.enum(['conversation', 'detail', 'reasoning']).optional(),
  /** written by a person, drafted by a model, or imported */
  origin: z.enum(['human', 'model', 'import']).optional(),
  /** flagged by anybody, or by the active reviewer */
  flagged: z.enum(['any', 'mine']).optional(),
  tag: z.string().min(1).max(60).optional(),
  commented: z.literal(true).optional(),
  /** one of the rejection reasons */
  reason: z.string().min(1).max(500).optional(),
  /** the reviewer of the current decision, and its time: from (inclusive) and before (exclusive) */
  reviewer: z.string().min(1).max(200).optional(),
  decidedFrom: timeSchema.optional(),
  decidedBefore: timeSchema.optional(),
  /** drafted with this pair among the exemplars of its prompt */
  exemplarId: idSchema.optional(),
  /** waits for a second review by the active reviewer, or has a disagreement */
  look: lookQueueSchema.optional(),
  /** ISO 639-1 code; `und` if it cannot be determined */
  language: z.string().min(2).max(12).optional(),
  /** the pairs with the wording most similar to this one, most similar first */
  similarTo: idSchema.optional(),
  /**
   * words in the instruction and response, in a comment, or in the item's context; the last one may be incomplete, unless hundreds of words
   * begin with it
   */
  query: z.string().max(400).optional(),
  /** only pairs that are undecided or that the active reviewer decided; set by the main process in blind review */
  onlyOwn: z.literal(true).optional(),
})
export type CandidateFilter = z.infer<typeof candidateFilterSchema>

/**
 * End of a page: candidates are sorted by item, then by age. `part`: in a text search, whether the words were found in a comment or in the
 * context.
 */
export const candidateCursorSchema = z.object({ itemId: idSchema, id: idSchema, part: z.number().int().min(1).max(2).optional() })
export type CandidateCursor = z.infer<typeof candidateCursorSchema>

/** A named filter. */
export const savedViewSchema = z.object({ id: idSchema, name: textSchema.trim().min(1).max(80), filter: candidateFilterSchema })
export type SavedView = z.infer<typeof savedViewSchema>

/** Order of the review queue. `random` is the same for the same seed. */
export const queueOrderSchema = z.object({
  kind: z.enum(['import', 'leastReviewed', 'flagged', 'random', 'run']),
  seed: seedSchema.default(1),
})
export type QueueOrder = z.infer<typeof queueOrderSchema>

export const qualitySchema = z.enum(['helpful', 'correct', 'relevant'])
export type Quality = z.infer<typeof qualitySchema>
export const ratingSchema = z.object({ quality: qualitySchema, value: z.number().int().min(1).max(5) })

export const commentSchema = z.object({ id: idSchema, reviewer: z.string(), body: z.string(), writtenAt: timeSchema })
export type Comment = z.infer<typeof commentSchema>

/** What reviewers have added to a pair besides decisions. */
export const marksSchema = z.object({
  flaggedBy: z.array(z.string()),
  tags: z.array(z.string()),
  comments: z.array(commentSchema),
  /** of the active reviewer */
  ratings: z.array(ratingSchema),
})
export type Marks = z.infer<typeof marksSchema>

/** Review settings; stored with the project. */
export const reviewSettingsSchema = z.object({
  /** in the order of the keys 1 to 9; `other` asks for a note */
  reasons: z.array(textSchema.trim().min(1).max(80)).min(1).max(9),
  ratings: z.boolean(),
  /** underlines misspelled words during editing */
  spelling: z.boolean().default(true),
  /** in the order in which they are applied */
  fixes: z.array(fixRuleSchema).max(maxFixRules).default([]),
})
export type ReviewSettings = z.infer<typeof reviewSettingsSchema>

export const defaultReviewSettings: ReviewSettings = { reasons: [...rejectReasons], ratings: false, spelling: true, fixes: [] }

/** The reason why a pair is an exemplar. */
export const exemplarReasonSchema = textSchema.trim().min(1).max(300)

/** Target of one step over many pairs: the listed ones, or all that match a filter. */
export const bulkTargetSchema = z.union([
  z.object({ ids: z.array(idSchema).min(1).max(100_000) }),
  z.object({ filter: candidateFilterSchema }),
])
export type BulkTarget = z.infer<typeof bulkTargetSchema>

/** Several reasons are stored as lines of one text. */
export const joinReasons = (reasons: readonly string[]): string => reasons.join('\n')
export const splitReasons = (reason: string | null): string[] => (reason ? reason.split('\n').filter(Boolean) : [])

/** A reviewer's settings of the review desk, stored per project. */
export const deskSchema = z.object({
  order: queueOrderSchema,
  /** shows all pairs of an item at a time */
  wholeItem: z.boolean(),
  /** number of cards per row of the grid */
  gridColumns: z.number().int().min(2).max(5).default(3),
  gridCards: cardKindSchema.default('pairs'),
})
export type Desk = z.infer<typeof deskSchema>
export const defaultDesk: Desk = { order: { kind: 'import', seed: 1 }, wholeItem: false, gridColumns: 3, gridCards: 'pairs' }

/** The order of a queue: one that a reviewer sets, or that of the table from which it was opened. */
export const listOrderSchema = z.union([queueOrderSchema, tableSortSchema])
export type ListOrder = z.infer<typeof listOrderSchema>

/** End of a page of an ordered queue: `queue` identifies the order as it was created, `at` is an index in it. */
export const queueCursorSchema = z.object({ queue: idSchema, at: z.number().int().nonnegative() })
export type QueueCursor = z.infer<typeof queueCursorSchema>

/** Totals of a review session. */
export const workSchema = z.object({
  /** number of pairs decided, minus the undone decisions */
  decisions: z.number().int().nonnegative(),
  /** milliseconds, without idle time and pauses */
  activeMs: z.number().nonnegative(),
})
export type Work = z.infer<typeof workSchema>

/** A session is identified by its number and start, so that late updates of one project are never written into another. */
export const workSessionSchema = z.object({ id: idSchema, startedAt: z.number().int() })
export type WorkSessionKey = z.infer<typeof workSessionSchema>
