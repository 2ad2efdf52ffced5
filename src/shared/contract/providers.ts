import { z } from 'zod'
import { addressSchema, providerSettingsSchema } from '../domain'
import { call, nothing } from './call'

export const serverModelSchema = z.object({
  id: z.string(),
  /** it makes vectors and no replies, as far as the server or its name says */
  isEmbedding: z.boolean(),
})
export type ServerModel = z.infer<typeof serverModelSchema>

export const serverKindSchema = z.enum(['ollama', 'lmStudio', 'llamaCpp', 'vllm'])
export type ServerKind = z.infer<typeof serverKindSchema>

export const localServerSchema = z.object({ kind: serverKindSchema, baseUrl: addressSchema, models: z.array(serverModelSchema) })
export type LocalServer = z.infer<typeof localServerSchema>

/** Calls that ask servers what they have; no prompt is sent. */
export const providerCalls = {
  /** the models of the active profile's server, by its key */
  'provider.models': call(providerSettingsSchema, z.array(serverModelSchema), 'shared', { reads: ['key'] }),
  /** looks for model servers on this computer, at their usual ports */
  'provider.detect': call(nothing, z.array(localServerSchema), 'shared', {}),
} as const
