import { z } from 'zod'
import {
  failureGroupSchema,
  foundItemsSchema,
  importRequestSchema,
  inspectionSchema,
  itemFilterSchema,
  itemSortSchema,
  exportPlanRequestSchema,
  exportRequestSchema,
} from '../../shared/contract'
import {
  doctorReportSchema,
  anyReportSchema,
  exportPlanSchema,
  frameRuleSchema,
  idSchema,
  importReportSchema,
  mediaSchema,
  standingSchema,
} from '../../shared/domain'
import { fixPreviewSchema, fixRuleSchema } from '../../shared/editing'
import { bulkTargetSchema, candidateFilterSchema, listOrderSchema } from '../../shared/review'
import { problemSchema } from '../../shared/problem'
import {
  diffCursorSchema,
  diffKindSchema,
  diffPageSchema,
  snapshotDiffSchema,
  snapshotFilterSchema,
  snapshotPreviewSchema,
  snapshotRequestSchema,
  snapshotSchema,
} from '../../shared/snapshot'
import { recoveryChoiceSchema, recoveryOfferSchema } from '../../shared/domain/project'
import { cardKindSchema } from '../../shared/table'
import { namedTextSchema } from '../store/candidates/languages'
import { modelImageSchema } from '../media/image/modelImage'
import { describedProjectSchema } from '../project/projectCards'
import { videoTasks } from '../media/video/videoTasks'

const step = z.object({ project: z.string(), target: bulkTargetSchema, reviewer: z.string() })

/**
 * Jobs for the worker process, which has its own connection: long work, or work with images. Maps each name to its input and output.
 * Separate from `runJob.ts`, so that the window's process loads no image library (docs/adr/0003).
 */
export const jobs = {
  import: {
    input: z.object({ project: z.string(), request: importRequestSchema, reviewer: z.string().optional() }),
    output: importReportSchema,
  },
  export: {
    input: exportRequestSchema.extend({ project: z.string() }),
    output: anyReportSchema,
  },
  /** the sorted items that match a filter, and the number of items per state */
  itemIds: {
    input: z.object({ project: z.string(), reviewer: z.string(), filter: itemFilterSchema, sort: itemSortSchema }),
    output: foundItemsSchema,
  },
  /** returns the number of changed items */
  setStanding: {
    input: z.object({ project: z.string(), reviewer: z.string(), ids: z.array(idSchema), standing: standingSchema }),
    output: z.number().int(),
  },
  inspectSources: { input: z.object({ paths: z.array(z.string()) }), output: inspectionSchema },
  exportPlan: {
    input: exportPlanRequestSchema.extend({ project: z.string() }),
    output: exportPlanSchema,
  },
  createSnapshot: {
    input: z.object({ project: z.string(), createdBy: z.string(), request: snapshotRequestSchema }),
    output: snapshotSchema,
  },
  deleteSnapshot: { input: z.object({ project: z.string(), id: idSchema, deletedBy: z.string() }), output: z.null() },
  /** the text of the card, with the lead's own text */
  snapshotCard: { input: z.object({ project: z.string(), snapshotId: idSchema }), output: z.string() },
  previewSnapshot: { input: z.object({ project: z.string(), filter: snapshotFilterSchema }), output: snapshotPreviewSchema },
  diffSnapshots: { input: z.object({ project: z.string(), before: idSchema, after: idSchema }), output: snapshotDiffSchema },
  listDifferences: {
    input: z.object({
      project: z.string(),
      before: idSchema,
      after: idSchema,
      kind: diffKindSchema.optional(),
      cursor: diffCursorSchema.nullable(),
      limit: z.number().int(),
    }),
    output: diffPageSchema,
  },
  examine: { input: z.object({ project: z.string() }), output: doctorReportSchema },
  /** the card for the list of projects; does not change the project */
  projectCard: { input: z.object({ project: z.string(), reviewer: z.string() }), output: describedProjectSchema },
  /** SQLite's check of the file's structure; returns what is wrong, or null */
  findDamage: { input: z.object({ project: z.string() }), output: z.string().nullable() },
  recoveryOffer: { input: z.object({ project: z.string() }), output: recoveryOfferSchema.nullable() },
  /** returns the name of the damaged file, which is kept */
  recover: { input: z.object({ project: z.string(), use: recoveryChoiceSchema }), output: z.string() },
  backUp: { input: z.object({ project: z.string() }), output: z.string().nullable() },
  modelImage: { input: z.object({ file: z.string(), name: z.string() }), output: modelImageSchema },
  /** converts an image in an unsupported format to one that the window can show */
  displayImage: { input: z.object({ file: z.string(), to: z.string() }), output: z.null() },
  /** frames of a video, as returned by `ensureFrames` */
  frames: {
    input: z.object({
      project: z.string(),
      media: mediaSchema,
      rule: frameRuleSchema,
      startMs: z.number().optional(),
      endMs: z.number().optional(),
    }),
    output: z.object({ files: z.array(z.string()), timesMs: z.array(z.number()) }),
  },
  /** timestamps of all frames of a video in seconds */
  frameTimes: videoTasks.frameTimes,
  thumbnail: { input: z.object({ file: z.string(), to: z.string(), seconds: z.number().optional() }), output: z.null() },
  /** what is wrong with the file of a medium, as reported by `findMediaFault` */
  mediaFault: { input: z.object({ project: z.string(), media: mediaSchema }), output: problemSchema.nullable() },
  decideMany: {
    input: step.extend({ verdict: z.enum(['accept', 'reject', 'ignore', 'reopen']), reason: z.string().optional() }),
    output: z.number().int(),
  },
  tagMany: { input: step.extend({ tag: z.string(), tagged: z.boolean() }), output: z.number().int() },
  flagMany: { input: step.extend({ flagged: z.boolean() }), output: z.number().int() },
  /** undoes or redoes a step over many pairs; returns the id of the first of them */
  turnMarks: { input: z.object({ project: z.string(), reviewer: z.string(), step: z.number().int() }), output: z.number().int() },
  undo: { input: z.object({ project: z.string(), reviewer: z.string() }), output: z.number().int().nullable() },
  redo: { input: z.object({ project: z.string(), reviewer: z.string() }), output: z.number().int().nullable() },
  /** the failed calls of a run, grouped by reason */
  failureGroups: { input: z.object({ project: z.string(), runId: z.number().int() }), output: failureGroupSchema.array() },
  fixPreview: { input: z.object({ project: z.string(), rules: z.array(fixRuleSchema) }), output: fixPreviewSchema },
  /** updates the second reviews to the project's settings */
  refreshLooks: { input: z.object({ project: z.string() }), output: z.null() },
  /** number of candidates that match a filter */
  count: { input: z.object({ project: z.string(), filter: candidateFilterSchema, reviewer: z.string() }), output: z.number().int() },
  /** detects the languages of up to `limit` pairs without a language */
  languages: { input: z.object({ project: z.string(), limit: z.number().int() }), output: namedTextSchema.array() },
  queue: {
    input: z.object({
      project: z.string(),
      filter: candidateFilterSchema,
      order: listOrderSchema,
      reviewer: z.string(),
      cards: cardKindSchema,
    }),
    /** ids in one typed array, so that a million of them are transferred at once */
    output: z.instanceof(Float64Array),
  },
} as const

export type JobName = keyof typeof jobs
export type JobInput<N extends JobName> = z.input<(typeof jobs)[N]['input']>
export type JobOutput<N extends JobName> = z.output<(typeof jobs)[N]['output']>

/** Messages to the worker process; its replies follow below. */
export const jobRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), id: z.number(), name: z.enum(Object.keys(jobs) as [JobName, ...JobName[]]), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.number() }),
])
export type JobRequest = z.infer<typeof jobRequestSchema>

export const jobReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), id: z.number(), progress: z.unknown() }),
  /** the job continues without a backup */
  z.object({ type: z.literal('backupFailed'), id: z.number(), problem: problemSchema }),
  z.object({ type: z.literal('done'), id: z.number(), value: z.unknown() }),
  z.object({ type: z.literal('failed'), id: z.number(), problem: problemSchema }),
])
export type JobReply = z.infer<typeof jobReplySchema>
