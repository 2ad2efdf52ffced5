import { z } from 'zod'
import { messageSchema as catalogueMessageSchema, textOrMessageSchema } from '../messages/message'
import { idSchema, timeSchema } from './base'
import { trainingChoicesSchema, trainingFormatSchema, trainingKindSchema } from './trainingFormat'

/** Formats of training software: their rows are pairs and contain no other facts about the items. */
export const trainingImportSchema = z.enum([
  'sharegpt',
  'chat',
  'qwen',
  'internvl',
  'llamafactory',
  'ms-swift',
  'alpaca',
  'axolotl',
  'trl',
  'hugging-face',
  'webdataset',
])

export const importFormatSchema = z.enum([
  'coco',
  'llava',
  'spot-the-diff',
  'vist',
  'activitynet',
  'tvc',
  'scanrefer',
  'ego4d',
  'vtt',
  'labelme',
  'via',
  'voc',
  'yolo',
  'label-studio',
  'karpathy',
  'mimic-it',
  'csv',
  'jsonl',
  'folder',
  ...trainingImportSchema.options,
])
export type ImportFormat = z.infer<typeof importFormatSchema>

/** `line` is 1-based in `file`; null if a format has no lines */
const importRemarkSchema = z.object({
  file: z.string(),
  line: z.number().int().nullable(),
  item: z.string().nullable(),
  reason: textOrMessageSchema,
  /** `link`: repeat the import with the folder that has the medium, without `update`; by default, correct the row */
  remedy: z.literal('link').optional(),
})

export const importReportSchema = z.object({
  added: z.number().int(),
  /** rows whose item existed already */
  unchanged: z.number().int(),
  mediaAdded: z.number().int(),
  /** existing items whose missing media were found this time; those also count as added media */
  linked: z.number().int(),
  /** existing items whose context and media were replaced, because the import was started with `update` */
  updated: z.number().int(),
  /** pairs imported as candidates, those that existed already, and their decisions; missing if no pairs were requested */
  pairs: z.object({ added: z.number().int(), known: z.number().int(), accepted: z.number().int(), rejected: z.number().int() }).optional(),
  /** rows, or parts of them, that were not imported */
  problems: z.array(importRemarkSchema),
  /** information only: everything was imported as intended */
  notes: z.array(importRemarkSchema).default([]),
  /** number of problems beyond the listed ones */
  moreProblems: z.number().int(),
  cancelled: z.boolean(),
})
export type ImportReport = z.infer<typeof importReportSchema>

export const exportFormatSchema = z.enum(['mimic-it', 'jsonl', 'syphus'])
export type ExportFormat = z.infer<typeof exportFormatSchema>
export const anyFormatSchema = z.enum([...exportFormatSchema.options, ...trainingFormatSchema.options])
export type AnyFormat = z.infer<typeof anyFormatSchema>

/** Steps of an export other than writing the pairs: finding the related pairs that precede each, and reading the files back. */
export const exportStepSchema = z.enum(['relations', 'check'])
export type ExportStep = z.infer<typeof exportStepSchema>

const validationIssueSchema = z.object({
  level: z.enum(['error', 'warning']),
  file: z.string(),
  /** the instruction, image or key it concerns */
  id: z.string().nullable(),
  message: textOrMessageSchema,
})
export type ValidationIssue = z.infer<typeof validationIssueSchema>

export const exportReportSchema = z.object({
  format: exportFormatSchema,
  directory: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
  pairs: z.number().int(),
  images: z.number().int(),
  /** approved pairs that could not be written, with the reason */
  leftOut: z.array(z.object({ candidateId: idSchema, item: z.string(), reason: textOrMessageSchema })),
  /** files of an earlier export of the same set in the folder that nothing refers to any more */
  leftOver: z.array(z.string()).default([]),
  /** findings of the validator that read the files back; `checks` is the number of checks */
  validation: z.object({ checks: z.number().int(), issues: z.array(validationIssueSchema) }),
  demoPairs: z.number().int(),
})
export type ExportReport = z.infer<typeof exportReportSchema>

/** Counts what was not written, or not unchanged: a reason, its number of occurrences, and the first few of the items. */
export const talliedSchema = z.object({ reason: catalogueMessageSchema, count: z.number().int(), items: z.array(z.string()) })
export type Tallied = z.infer<typeof talliedSchema>

export const trainingReportSchema = exportReportSchema.omit({ format: true, images: true, leftOut: true }).extend({
  format: trainingFormatSchema,
  kind: trainingKindSchema,
  /** number of rows, which contain `pairs` pairs */
  records: z.number().int(),
  /** number of rows with an accepted and a rejected draft of one item */
  itemRows: z.number().int().default(0),
  media: z.number().int(),
  leftOut: z.array(talliedSchema),
  changed: z.array(talliedSchema),
  /** the software that reads it, for display */
  software: z.string(),
})
export type TrainingReport = z.infer<typeof trainingReportSchema>

export const anyReportSchema = z.union([exportReportSchema, trainingReportSchema])
export type AnyReport = z.infer<typeof anyReportSchema>

/** Reasons why approved or undecided pairs are not in an export; the first one that applies is reported. */
export const leftOutReasonSchema = z.enum(['pending', 'rejected', 'ignored', 'secondReview', 'missingMedia', 'noMedia', 'brokenMedia'])
export type LeftOutReason = z.infer<typeof leftOutReasonSchema>

/** An example of preference data: a better and a worse answer, or one answer and whether it is good. */
export const preferenceSchema = z.object({
  candidateId: idSchema,
  item: z.string(),
  instruction: z.string(),
  /** the better answer, or the single answer if it is good; null if there is none */
  chosen: z.string().nullable(),
  /** the worse answer, or the single answer if it is bad; null if there is none */
  rejected: z.string().nullable(),
})
export type Preference = z.infer<typeof preferenceSchema>

/** Preview of an export before it is started. */
export const exportPlanSchema = z.object({
  /** number of pairs that would be written, as far as is known before their media are read */
  pairs: z.number().int(),
  leftOut: z.array(z.object({ reason: z.union([leftOutReasonSchema, catalogueMessageSchema]), count: z.number().int() })),
  /** number of pairs that were checked if there are more: the counts cover only these; null = all */
  lookedAt: z.number().int().nullable(),
  /** `dpo` and `kto`: the first training examples */
  preferences: z.array(preferenceSchema),
  /** the first few records of the set's main file */
  records: z.array(z.object({ item: z.string(), text: z.string() })),
  /** minimum size of the files and free space of the folder's disk, in bytes; null if no folder is chosen or it is unknown */
  bytes: z.number(),
  free: z.number().nullable(),
})
export type ExportPlan = z.infer<typeof exportPlanSchema>

/** An export on this computer, finished or not. */
export const exportRecordSchema = z.object({
  at: timeSchema,
  format: anyFormatSchema,
  /** settings of a training format */
  choices: trainingChoicesSchema.optional(),
  snapshotId: idSchema.optional(),
  directory: z.string(),
  result: z.enum(['done', 'stopped', 'failed']),
  pairs: z.number().int(),
  leftOut: z.number().int(),
  warnings: z.number().int(),
  /** why it failed */
  problem: textOrMessageSchema.nullable(),
})
export type ExportRecord = z.infer<typeof exportRecordSchema>

export const doctorReportSchema = z.object({
  healthy: z.boolean(),
  findings: z.array(z.object({ check: z.string(), message: textOrMessageSchema, remedy: textOrMessageSchema })),
  checks: z.array(z.string()),
})
export type DoctorReport = z.infer<typeof doctorReportSchema>
