import { z } from 'zod'
import { textOrMessageSchema } from '../messages/message'
import { idSchema, timeSchema } from './base'

/** Formats of training software: their rows are pairs, and nothing else is known of the items. */
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

/** `line` is 1-based in `file`; null where a format has no lines */
const importRemarkSchema = z.object({
  file: z.string(),
  line: z.number().int().nullable(),
  item: z.string().nullable(),
  reason: textOrMessageSchema,
  /** `link`: the same import helps, with the folder that has the medium, and no `update`; by default, a corrected row does */
  remedy: z.literal('link').optional(),
})

export const importReportSchema = z.object({
  added: z.number().int(),
  /** rows whose item was there already */
  unchanged: z.number().int(),
  mediaAdded: z.number().int(),
  /** items that were there already and whose missing media were found this time; those count as added media too */
  linked: z.number().int(),
  /** items that were there already and whose context and media were replaced, since the import was to do so */
  updated: z.number().int(),
  /** pairs that came in as candidates, those that were there already, and what was decided of them; missing where none were asked for */
  pairs: z.object({ added: z.number().int(), known: z.number().int(), accepted: z.number().int(), rejected: z.number().int() }).optional(),
  /** rows, or parts of them, that did not come in */
  problems: z.array(importRemarkSchema),
  /** worth knowing, and nothing that was meant to come in stayed out */
  notes: z.array(importRemarkSchema).default([]),
  /** problems beyond those listed */
  moreProblems: z.number().int(),
  cancelled: z.boolean(),
})
export type ImportReport = z.infer<typeof importReportSchema>

export const exportFormatSchema = z.enum(['mimic-it', 'jsonl'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** What an export is at, beside writing the pairs: finding those that stand before each, and reading the files back. */
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
  /** what the validator found when it read the files back; checks counts what it looked at */
  validation: z.object({ checks: z.number().int(), issues: z.array(validationIssueSchema) }),
  demoPairs: z.number().int(),
})
export type ExportReport = z.infer<typeof exportReportSchema>

/** Why approved or undecided pairs are not in an export; the first one that applies. */
export const leftOutReasonSchema = z.enum(['pending', 'rejected', 'ignored', 'secondReview', 'missingMedia', 'noMedia', 'brokenMedia'])
export type LeftOutReason = z.infer<typeof leftOutReasonSchema>

/** What an export would write, before it is started. */
export const exportPlanSchema = z.object({
  /** pairs that would be written, as far as that is known before their media are read */
  pairs: z.number().int(),
  leftOut: z.array(z.object({ reason: leftOutReasonSchema, count: z.number().int() })),
  /** the first few records of the set's main file */
  records: z.array(z.object({ candidateId: idSchema, item: z.string(), text: z.string() })),
  /** minimum size of the files and free space of the folder's disk, in bytes; null if no folder is chosen or it is unknown */
  bytes: z.number(),
  free: z.number().nullable(),
})
export type ExportPlan = z.infer<typeof exportPlanSchema>

/** An export that was made on this computer, or was begun. */
export const exportRecordSchema = z.object({
  at: timeSchema,
  format: exportFormatSchema,
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
