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
 * The work that is done beside the window, in a process of its own with its own connection: long, or with images. Name → what goes
 * in, what comes out. Apart from `jobs.ts`, so that the window's process loads no image library (docs/adr/0003).
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
  /** the items that a filter finds, sorted, and how many are in each state */
  itemIds: {
    input: z.object({ project: z.string(), reviewer: z.string(), filter: itemFilterSchema, sort: itemSortSchema }),
    output: foundItemsSchema,
  },
  /** how many items it changed */
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
  /** the text, with what its lead wrote */
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
  /** what the list of projects shows of one, without changing it */
  projectCard: { input: z.object({ project: z.string(), reviewer: z.string() }), output: describedProjectSchema },
  /** SQLite's check of the file's structure; what is wrong, or null */
  findDamage: { input: z.object({ project: z.string() }), output: z.string().nullable() },
  recoveryOffer: { input: z.object({ project: z.string() }), output: recoveryOfferSchema.nullable() },
  /** the name of the damaged file, which is kept */
  recover: { input: z.object({ project: z.string(), use: recoveryChoiceSchema }), output: z.string() },
  backUp: { input: z.object({ project: z.string() }), output: z.string().nullable() },
  modelImage: { input: z.object({ file: z.string(), name: z.string() }), output: modelImageSchema },
  /** an image that the window can show, of one in a format that it cannot */
  displayImage: { input: z.object({ file: z.string(), to: z.string() }), output: z.null() },
  /** frames of a video, as `ensureFrames` gives them */
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
  /** seconds at which each frame of a video is shown */
  frameTimes: videoTasks.frameTimes,
  thumbnail: { input: z.object({ file: z.string(), to: z.string(), seconds: z.number().optional() }), output: z.null() },
  /** what is wrong with the file of a medium, as `findMediaFault` tells */
  mediaFault: { input: z.object({ project: z.string(), media: mediaSchema }), output: problemSchema.nullable() },
  decideMany: {
    input: step.extend({ verdict: z.enum(['accept', 'reject', 'ignore', 'reopen']), reason: z.string().optional() }),
    output: z.number().int(),
  },
  tagMany: { input: step.extend({ tag: z.string(), tagged: z.boolean() }), output: z.number().int() },
  flagMany: { input: step.extend({ flagged: z.boolean() }), output: z.number().int() },
  /** takes back, or carries out again, a step over many pairs; the id of the first of them */
  turnMarks: { input: z.object({ project: z.string(), reviewer: z.string(), step: z.number().int() }), output: z.number().int() },
  undo: { input: z.object({ project: z.string(), reviewer: z.string() }), output: z.number().int().nullable() },
  redo: { input: z.object({ project: z.string(), reviewer: z.string() }), output: z.number().int().nullable() },
  /** the failed calls of a run by what went wrong */
  failureGroups: { input: z.object({ project: z.string(), runId: z.number().int() }), output: failureGroupSchema.array() },
  fixPreview: { input: z.object({ project: z.string(), rules: z.array(fixRuleSchema) }), output: fixPreviewSchema },
  /** brings the second looks in line with the project's settings */
  refreshLooks: { input: z.object({ project: z.string() }), output: z.null() },
  /** how many a filter finds */
  count: { input: z.object({ project: z.string(), filter: candidateFilterSchema, reviewer: z.string() }), output: z.number().int() },
  /** detects the languages of so many pairs that wait for it */
  languages: { input: z.object({ project: z.string(), limit: z.number().int() }), output: namedTextSchema.array() },
  queue: {
    input: z.object({
      project: z.string(),
      filter: candidateFilterSchema,
      order: listOrderSchema,
      reviewer: z.string(),
      cards: cardKindSchema,
    }),
    /** ids; a million of them cross in one piece */
    output: z.instanceof(Float64Array),
  },
} as const

export type JobName = keyof typeof jobs
export type JobInput<N extends JobName> = z.input<(typeof jobs)[N]['input']>
export type JobOutput<N extends JobName> = z.output<(typeof jobs)[N]['output']>

/** What goes to the worker process and comes back from it. */
export const jobRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), id: z.number(), name: z.enum(Object.keys(jobs) as [JobName, ...JobName[]]), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.number() }),
])
export type JobRequest = z.infer<typeof jobRequestSchema>

export const jobReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), id: z.number(), progress: z.unknown() }),
  /** the work goes on without a backup */
  z.object({ type: z.literal('backupFailed'), id: z.number(), problem: problemSchema }),
  z.object({ type: z.literal('done'), id: z.number(), value: z.unknown() }),
  z.object({ type: z.literal('failed'), id: z.number(), problem: problemSchema }),
])
export type JobReply = z.infer<typeof jobReplySchema>
