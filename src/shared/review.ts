import { z } from 'zod'
import { textSchema } from './text/cleanText'
import { fixRuleSchema, maxFixRules } from './editing'
import { candidateStateSchema, idSchema, rejectReasons, seedSchema, timeSchema } from './domain'
import { lookQueueSchema } from './quality'
import { cardKindSchema, tableSortSchema } from './table'

/** What a list of candidates is narrowed to; all parts must hold, an empty filter is all. */
export const candidateFilterSchema = z.object({
  states: z.array(candidateStateSchema).optional(),
  runId: idSchema.optional(),
  promptVersionId: idSchema.optional(),
  itemId: idSchema.optional(),
  itemIds: z.array(idSchema).optional(),
  kind: z.enum(['conversation', 'detail', 'reasoning']).optional(),
  /** written by a person, or drafted by a model */
  origin: z.enum(['human', 'model', 'import']).optional(),
  /** flagged by anybody, or by the reviewer who asks */
  flagged: z.enum(['any', 'mine']).optional(),
  tag: z.string().min(1).max(60).optional(),
  commented: z.literal(true).optional(),
  /** one of the reasons of a rejection */
  reason: z.string().min(1).max(500).optional(),
  /** whose decision stands, and when it was made: from, and before */
  reviewer: z.string().min(1).max(200).optional(),
  decidedFrom: timeSchema.optional(),
  decidedBefore: timeSchema.optional(),
  /** drafted with this pair among the exemplars of its prompt */
  exemplarId: idSchema.optional(),
  /** waits for a second look by the one who asks, or is disagreed on */
  look: lookQueueSchema.optional(),
  /** as ISO 639-1 writes it; `und` where it cannot be told */
  language: z.string().min(2).max(12).optional(),
  /** the pairs most like this one in their words, the most similar first */
  similarTo: idSchema.optional(),
  /** words in the instruction and response, in a comment, or in the item's context; the last one may be unfinished, unless hundreds begin so */
  query: z.string().max(400).optional(),
  /** only pairs that nobody has decided, or the reviewer who asks; set by main in blind review */
  onlyOwn: z.literal(true).optional(),
})
export type CandidateFilter = z.infer<typeof candidateFilterSchema>

/** Where a page ended: candidates are listed by item, then by age. `part`: where words are searched, whether those were in a comment, or in the context. */
export const candidateCursorSchema = z.object({ itemId: idSchema, id: idSchema, part: z.number().int().min(1).max(2).optional() })
export type CandidateCursor = z.infer<typeof candidateCursorSchema>

/** A filter under a name. */
export const savedViewSchema = z.object({ id: idSchema, name: textSchema.trim().min(1).max(80), filter: candidateFilterSchema })
export type SavedView = z.infer<typeof savedViewSchema>

/** In which order pairs come up. `random` is the same for the same seed. */
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

/** What reviewers have put on a pair beside their decisions. */
export const marksSchema = z.object({
  flaggedBy: z.array(z.string()),
  tags: z.array(z.string()),
  comments: z.array(commentSchema),
  /** of the reviewer who asks */
  ratings: z.array(ratingSchema),
})
export type Marks = z.infer<typeof marksSchema>

/** What a project asks of its reviewers; kept with it. */
export const reviewSettingsSchema = z.object({
  /** in the order of the keys 1 to 9; `other` asks for a note */
  reasons: z.array(textSchema.trim().min(1).max(80)).min(1).max(9),
  ratings: z.boolean(),
  /** words that are spelled wrong are underlined while one edits */
  spelling: z.boolean().default(true),
  /** in the order in which they are applied */
  fixes: z.array(fixRuleSchema).max(maxFixRules).default([]),
})
export type ReviewSettings = z.infer<typeof reviewSettingsSchema>

export const defaultReviewSettings: ReviewSettings = { reasons: [...rejectReasons], ratings: false, spelling: true, fixes: [] }

/** Why a pair is an exemplar. */
export const exemplarReasonSchema = textSchema.trim().min(1).max(300)

/** One step over many pairs: those named, or all that a filter finds. */
export const bulkTargetSchema = z.union([
  z.object({ ids: z.array(idSchema).min(1).max(100_000) }),
  z.object({ filter: candidateFilterSchema }),
])
export type BulkTarget = z.infer<typeof bulkTargetSchema>

/** Several reasons are kept as lines of one text. */
export const joinReasons = (reasons: readonly string[]): string => reasons.join('\n')
export const splitReasons = (reason: string | null): string[] => (reason ? reason.split('\n').filter(Boolean) : [])

/** How a reviewer has set up the desk of a project; it comes back with the project. */
export const deskSchema = z.object({
  order: queueOrderSchema,
  /** all pairs of an item at a time */
  wholeItem: z.boolean(),
  /** cards beside each other in the grid */
  gridColumns: z.number().int().min(2).max(5).default(3),
  gridCards: cardKindSchema.default('pairs'),
})
export type Desk = z.infer<typeof deskSchema>
export const defaultDesk: Desk = { order: { kind: 'import', seed: 1 }, wholeItem: false, gridColumns: 3, gridCards: 'pairs' }

/** The order of a queue: one that a reviewer sets, or that of the table which it was opened from. */
export const listOrderSchema = z.union([queueOrderSchema, tableSortSchema])
export type ListOrder = z.infer<typeof listOrderSchema>

/** Where a page of an ordered queue ended: `queue` names the order as it was made, `at` is a place in it. */
export const queueCursorSchema = z.object({ queue: idSchema, at: z.number().int().nonnegative() })
export type QueueCursor = z.infer<typeof queueCursorSchema>

/** What a review session has come to. */
export const workSchema = z.object({
  /** pairs decided, less those that were taken back */
  decisions: z.number().int().nonnegative(),
  /** milliseconds, idle time and pauses left out */
  activeMs: z.number().nonnegative(),
})
export type Work = z.infer<typeof workSchema>

/** A session is found by its number and start, so that what comes late from one project is never written into another. */
export const workSessionSchema = z.object({ id: idSchema, startedAt: z.number().int() })
export type WorkSessionKey = z.infer<typeof workSessionSchema>
