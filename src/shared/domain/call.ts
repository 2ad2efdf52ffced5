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

/** A field of a reply that no pair uses: its number of occurrences in the reply, and its first value, shortened. */
export const unusedFieldSchema = z.object({ name: z.string(), count: z.number().int().positive(), value: z.string() })
export type UnusedField = z.infer<typeof unusedFieldSchema>

/** The unused fields of all replies of a run: the number of replies that have any, and the occurrences of each name. */
export const runUnusedSchema = z.object({
  replies: z.number().int().nonnegative(),
  fields: z.array(unusedFieldSchema.pick({ name: true, count: true })),
})
export type RunUnused = z.infer<typeof runUnusedSchema>

/** Lists the names of unused fields with their counts, the most frequent first. */
export const listUnusedNames = (fields: readonly Pick<UnusedField, 'name' | 'count'>[]): string =>
  fields
    .toSorted((one, other) => other.count - one.count)
    .map(({ name, count }) => `${name} (${count})`)
    .join(', ')

/**
 * State of a request. `retried`: it failed and was repeated within the run; `failed`: it failed and was not repeated; `interrupted`: the
 * process ended, or the run was cancelled, before an answer was stored.
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
  /** the unchanged answer of the model, also for failures */
  reply: z.string().nullable(),
})
export type Call = z.infer<typeof callSchema>

/** The parts of Chat Completions messages that Exemplar uses. */
const messagePartSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  /** `mediaId` identifies the image; its bytes are added only when the call is sent */
  z.object({ type: z.literal('image'), mediaId: idSchema, fileName: z.string() }),
])
export const messageSchema = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.array(messagePartSchema),
})
export type Message = z.infer<typeof messageSchema>
