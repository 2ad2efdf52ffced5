import { z } from 'zod'

/** Formats of training frameworks, by their names on the command line. */
export const trainingFormatSchema = z.enum([
  'llava',
  'llamafactory',
  'qwen',
  'internvl',
  'chat',
  'ms-swift',
  'alpaca',
  'axolotl',
  'csv',
  'trl',
  'hugging-face',
  'webdataset',
])
export type TrainingFormatId = z.infer<typeof trainingFormatSchema>

/** `sft`: question and answer · `dpo`: a better and a worse answer · `kto`: an answer and whether it is good. */
export const trainingKindSchema = z.enum(['sft', 'dpo', 'kto'])
export type TrainingKind = z.infer<typeof trainingKindSchema>

/** The kinds of data that each format supports. */
export const kindsOfFormat = {
  llava: ['sft'],
  llamafactory: ['sft', 'dpo', 'kto'],
  qwen: ['sft'],
  internvl: ['sft', 'dpo'],
  chat: ['sft', 'dpo'],
  'ms-swift': ['sft', 'dpo', 'kto'],
  alpaca: ['sft'],
  axolotl: ['sft'],
  csv: ['sft'],
  trl: ['sft', 'dpo', 'kto'],
  'hugging-face': ['sft'],
  webdataset: ['sft'],
} as const satisfies Record<TrainingFormatId, readonly TrainingKind[]>

/** Model families by their notation for boxes. */
export const boxFamilySchema = z.enum(['qwen2-vl', 'qwen2.5-vl', 'qwen3-vl', 'internvl', 'llava'])
export type BoxFamily = z.infer<typeof boxFamilySchema>

/** Options of a training format; missing options have their default value. */
export const trainingChoicesSchema = z.object({
  kind: trainingKindSchema.optional(),
  /** number of evenly spaced frames that replace each video */
  frames: z.number().int().min(1).max(64).nullable().optional(),
  /** text before each conversation */
  system: z.string().max(20_000).nullable().optional(),
  /** whether the reasoning precedes each answer, between `<think>` and `</think>` */
  reasoning: z.boolean().optional(),
  /** adds rows that ask for the boxes of images, in the notation of a model family; null = none */
  boxes: boxFamilySchema.nullable().optional(),
  /** `dpo`: minimum share of words that an edit changes, from 0 to 1 */
  minChange: z.number().min(0).max(1).optional(),
  /** `dpo`: also pairs an accepted and a rejected draft of one item that answer the same instruction */
  itemDrafts: z.boolean().optional(),
  /** whether provenance includes the replies that contained the pairs, and not only their hashes */
  rawReplies: z.boolean().optional(),
  /** for the card of the set */
  license: z.string().max(200).nullable().optional(),
  url: z.string().max(2000).nullable().optional(),
})
export type TrainingChoices = z.infer<typeof trainingChoicesSchema>

export const splitSchema = z.enum(['train', 'validation', 'test'])
export type Split = z.infer<typeof splitSchema>
