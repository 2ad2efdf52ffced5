import { z } from 'zod'
import { addressSchema, providerSettingsSchema } from '../domain'
import { call, nothing } from './call'

export const serverModelSchema = z.object({
  id: z.string(),
  /** whether it returns embeddings instead of replies, as far as the server or its name indicates */
  isEmbedding: z.boolean(),
})
export type ServerModel = z.infer<typeof serverModelSchema>

export const serverKindSchema = z.enum(['ollama', 'lmStudio', 'llamaCpp', 'vllm'])
export type ServerKind = z.infer<typeof serverKindSchema>

export const localServerSchema = z.object({ kind: serverKindSchema, baseUrl: addressSchema, models: z.array(serverModelSchema) })
export type LocalServer = z.infer<typeof localServerSchema>

/** Calls that query servers without sending a prompt. */
export const providerCalls = {
  /** the models of the active profile's server, requested with its key */
  'provider.models': call(providerSettingsSchema, z.array(serverModelSchema), 'shared', { reads: ['key'] }),
  /** finds model servers on the default ports of this computer */
  'provider.detect': call(nothing, z.array(localServerSchema), 'shared', {}),
} as const
