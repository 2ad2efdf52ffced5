import { z } from 'zod'
import { textOrMessageSchema } from '../messages/message'

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
  message: textOrMessageSchema,
  status: z.number().int().nullable(),
})
export type CallError = z.infer<typeof callErrorSchema>
