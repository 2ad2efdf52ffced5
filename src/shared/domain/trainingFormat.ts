import { z } from 'zod'

/** Formats of training frameworks, by the names of the command line. */
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

/** Model families by how they write boxes. */
export const boxFamilySchema = z.enum(['qwen2-vl', 'qwen2.5-vl', 'qwen3-vl', 'internvl', 'llava'])
export type BoxFamily = z.infer<typeof boxFamilySchema>

export const splitSchema = z.enum(['train', 'validation', 'test'])
export type Split = z.infer<typeof splitSchema>
