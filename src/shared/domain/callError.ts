import { z } from 'zod'
import { saidTextsSchema } from '../say'

export const callErrorCodeSchema = z.enum([
  'no-key',
  'wrong-key',
  'unknown-model',
  'wrong-address',
  'wrong-protocol',
  'web-page',
  'event-stream',
  'untrusted-certificate',
  'proxy',
  'rate-limit',
  'server-error',
  'server-down',
  'timeout',
  'too-large',
  'refused',
  'tool-call',
  'in-reasoning',
  'not-json',
  'cut-off',
  'wrong-shape',
  'empty',
  'bad-request',
  'media',
  'template',
  'unknown',
])
export type CallErrorCode = z.infer<typeof callErrorCodeSchema>

export const callErrorSchema = z.object({
  code: callErrorCodeSchema,
  message: z.string(),
  status: z.number().int().nullable(),
  /** not of a call that is stored */
  said: saidTextsSchema.optional(),
})
export type CallError = z.infer<typeof callErrorSchema>
