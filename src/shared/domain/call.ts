import { z } from 'zod'
import { idSchema, timeSchema } from './base'
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

/** A field of a reply that no pair was made of: how often the reply has it, and its first value, shortened. */
export const unusedFieldSchema = z.object({ name: z.string(), count: z.number().int().positive(), value: z.string() })
export type UnusedField = z.infer<typeof unusedFieldSchema>

/** The unused fields of all replies of a run: how many replies have any, and how often each name occurs. */
export const runUnusedSchema = z.object({
  replies: z.number().int().nonnegative(),
  fields: z.array(unusedFieldSchema.pick({ name: true, count: true })),
})
export type RunUnused = z.infer<typeof runUnusedSchema>

/** The names of unused fields with their counts, the most frequent first. */
export const listUnusedNames = (fields: readonly Pick<UnusedField, 'name' | 'count'>[]): string =>
  fields
    .toSorted((one, other) => other.count - one.count)
    .map(({ name, count }) => `${name} (${count})`)
    .join(', ')

/**
 * One request. `retried`: it failed and was asked again within the run; `failed`: it failed and was not;
 * `interrupted`: the process ended, or the run was cancelled, before an answer was stored.
 */
export const callStateSchema = z.enum(['sent', 'succeeded', 'retried', 'failed', 'interrupted'])
export type CallState = z.infer<typeof callStateSchema>

export const callSchema = z.object({
  id: idSchema,
  runId: idSchema,
  itemId: idSchema,
  itemSourceId: z.string(),
  attempt: z.number().int().positive(),
  state: callStateSchema,
  startedAt: timeSchema,
  finishedAt: timeSchema.nullable(),
  promptTokens: z.number().int().nullable(),
  completionTokens: z.number().int().nullable(),
  error: callErrorSchema.nullable(),
  /** the model's answer as it came, for the failures too */
  reply: z.string().nullable(),
})
export type Call = z.infer<typeof callSchema>

/** Chat Completions' messages, as far as we use them. */
const messagePartSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  /** `mediaId` names the image; its bytes are put in only when the call is sent */
  z.object({ type: z.literal('image'), mediaId: idSchema, fileName: z.string() }),
])
export const messageSchema = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.array(messagePartSchema),
})
export type Message = z.infer<typeof messageSchema>
