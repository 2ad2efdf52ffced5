import { z } from 'zod'
import { textSchema } from './text/cleanText'
import { candidateSchema, idSchema, pairSchema, providerSettingsSchema, seedSchema, splitSchema, timeSchema } from './domain'
import { candidateFilterSchema } from './review'

const approvedStateSchema = z.enum(['accepted', 'edited'])

/**
 * Selects the approved pairs of a snapshot; all parts must match, an empty filter matches all approved pairs. Pairs whose second review is
 * pending, or ended in a disagreement, are never included.
 */
export const snapshotFilterSchema = candidateFilterSchema.pick({ tag: true, reviewer: true, language: true }).extend({
  states: z.array(approvedStateSchema).min(1).optional(),
  /** whether any reviewer has flagged the pair */
  flagged: z.boolean().optional(),
  /** minimum mean of all ratings of the pair; pairs without a rating are not included */
  rating: z.number().min(1).max(5).optional(),
  /** only pairs on which two reviewers agree */
  secondReview: z.literal('agreed').optional(),
})
export type SnapshotFilter = z.infer<typeof snapshotFilterSchema>

/** Percentage of the pairs in each split. */
export const splitSharesSchema = z
  .record(splitSchema, z.number().int().min(0).max(100))
  .refine(({ train, validation, test }) => train + validation + test === 100, 'The shares of a split add up to 100.')
export type SplitShares = z.infer<typeof splitSharesSchema>

/** All pairs in one split. */
export const noSplit: SplitShares = { train: 100, validation: 0, test: 0 }

export const snapshotNameSchema = textSchema.trim().min(1).max(80)

export const snapshotRequestSchema = z.object({
  name: snapshotNameSchema,
  filter: snapshotFilterSchema,
  shares: splitSharesSchema.default(noSplit),
  /** the same seed gives the same split */
  seed: seedSchema.default(1),
})
export type SnapshotRequest = z.infer<typeof snapshotRequestSchema>

const countSchema = z.number().int().nonnegative()
const sizeSchema = z.object({ pairs: countSchema, items: countSchema, media: countSchema })

export const snapshotCountsSchema = sizeSchema.extend({
  accepted: countSchema,
  edited: countSchema,
  /** drafted by the demo generator, and written by people; the rest was drafted by models */
  demo: countSchema,
  human: countSchema,
  /** rejected pairs that match the rest of the filter, kept in addition to the approved ones as negative examples for `kto` */
  rejected: countSchema,
  splits: z.record(splitSchema, sizeSchema),
})
export type SnapshotCounts = z.infer<typeof snapshotCountsSchema>

/** Facts about the pairs of a snapshot at the time when it was created. */
export const snapshotFactsSchema = z.object({
  counts: snapshotCountsSchema,
  promptVersions: z.array(z.object({ id: idSchema, name: z.string().nullable(), pairs: countSchema })),
  models: z.array(
    z.object({
      ...providerSettingsSchema.pick({ kind: true, model: true, prices: true }).shape,
      pairs: countSchema,
      /** tokens of the runs that drafted the pairs, including everything else they drafted */
      promptTokens: countSchema,
      completionTokens: countSchema,
      /** US dollars for these tokens; null if no price is known */
      cost: z.number().nullable(),
    }),
  ),
  reviewers: z.array(z.object({ name: z.string(), pairs: countSchema })),
  /** ISO 639-1; `und` if a language was not detected */
  languages: z.array(z.object({ language: z.string(), pairs: countSchema })),
  /** as stated in the contexts of the items */
  licences: z.array(z.object({ name: z.string(), items: countSchema })),
  sources: z.array(z.object({ name: z.string(), items: countSchema })),
})
export type SnapshotFacts = z.infer<typeof snapshotFactsSchema>

/** A named, immutable set of approved pairs. */
export const snapshotSchema = snapshotRequestSchema.extend({
  id: idSchema,
  createdAt: timeSchema,
  createdBy: z.string(),
  /** SHA-256 over the texts, media, contexts, decisions and splits of its pairs */
  contentHash: z.string().length(64),
  facts: snapshotFactsSchema,
})
export type Snapshot = z.infer<typeof snapshotSchema>

/** An entry of the list of snapshots. */
export const snapshotSummarySchema = snapshotSchema.omit({ facts: true }).extend({ counts: snapshotCountsSchema })
export type SnapshotSummary = z.infer<typeof snapshotSummarySchema>

/** What a snapshot would contain if it were created now. */
export const snapshotPreviewSchema = z.object({
  pairs: countSchema,
  items: countSchema,
  /** number of pairs that match the filter, but wait for a second review or a final decision */
  heldBack: countSchema,
})
export type SnapshotPreview = z.infer<typeof snapshotPreviewSchema>

export const snapshotProgressSchema = z.object({
  /** `compare`: images are compared, `done` of `total` · `save`: the pairs are stored, which has no numbers */
  step: z.enum(['compare', 'save']),
  done: countSchema,
  total: countSchema,
})
export type SnapshotProgress = z.infer<typeof snapshotProgressSchema>

/** What differs in a pair that both snapshots contain. */
export const pairChangeSchema = z.enum(['text', 'media', 'context', 'split', 'decision'])
export type PairChange = z.infer<typeof pairChangeSchema>

export const diffKindSchema = z.enum(['added', 'removed', 'changed'])
export type DiffKind = z.infer<typeof diffKindSchema>

/** Differences between the approved pairs of two snapshots. */
export const snapshotDiffSchema = z.object({
  added: countSchema,
  removed: countSchema,
  changed: countSchema,
  unchanged: countSchema,
  /** of the changed pairs; a pair may have several changes */
  changes: z.record(pairChangeSchema, countSchema),
})
export type SnapshotDiff = z.infer<typeof snapshotDiffSchema>

/** A pair as stored in one of the snapshots. */
const diffSideSchema = pairSchema.extend({
  state: approvedStateSchema,
  split: splitSchema,
  reviewer: z.string(),
  media: z.array(z.object({ fileName: z.string(), sha256: z.string() })),
})

export const diffEntrySchema = z.object({
  candidateId: candidateSchema.shape.id,
  item: z.string(),
  kind: diffKindSchema,
  /** empty if the pair was added or removed */
  changes: z.array(pairChangeSchema),
  before: diffSideSchema.nullable(),
  after: diffSideSchema.nullable(),
})
export type DiffEntry = z.infer<typeof diffEntrySchema>

/** The item and the pair at which a page of differences ended. */
export const diffCursorSchema = z.object({ itemId: idSchema, id: idSchema })
export type DiffCursor = z.infer<typeof diffCursorSchema>

export const diffPageSchema = z.object({ entries: z.array(diffEntrySchema), next: diffCursorSchema.nullable() })
export type DiffPage = z.infer<typeof diffPageSchema>
