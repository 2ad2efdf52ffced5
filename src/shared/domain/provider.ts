import { z } from 'zod'
import { textSchema } from '../text/cleanText'

export const providerKindSchema = z.enum(['demo', 'openai'])
export type ProviderKind = z.infer<typeof providerKindSchema>

export const addressSchema = z.url({ protocol: /^https?$/ })

/** Who drafts. `openai` speaks Chat Completions to OpenAI or any compatible address; the key is never part of it. */
export const providerSettingsSchema = z.object({
  kind: providerKindSchema,
  baseUrl: addressSchema.refine(
    (address) => !/^https?:\/\/[^/?#]*@/i.test(address),
    'An address holds no name and no password: the key is given apart.',
  ),
  model: textSchema.min(1),
  /** calls under way at once */
  concurrency: z.number().int().min(1).max(64),
  /** milliseconds until a call without an answer is given up */
  timeoutMs: z.number().int().min(1000).max(1_800_000),
  /** tells which contexts are alike where exemplars are chosen by similarity; null: their words do */
  embeddingModel: textSchema.min(1).nullable().default(null),
  /** megabytes of 1,048,576 bytes that one reply may have, decompressed; a longer one is given up */
  maxReplyMb: z.number().int().min(1).max(1024).default(16),
  /** items in a row that fail for the same reason until the run is paused */
  maxFailures: z.number().int().min(1).max(1000).default(10),
  /** how a reply is asked for as JSON; `auto`: the strictest way that the server takes */
  structuredOutput: z.enum(['auto', 'json_schema', 'json_object', 'none']).default('auto'),
  /** US dollars for a million tokens in and out; null: list prices where they are known */
  prices: z
    .object({ input: z.number().min(0).max(10_000), output: z.number().min(0).max(10_000) })
    .nullable()
    .default(null),
})
export type ProviderSettings = z.infer<typeof providerSettingsSchema>

export const defaultProviderSettings: ProviderSettings = {
  kind: 'demo',
  baseUrl: 'https://api.openai.com/v1',
  model: 'gpt-4.1-mini',
  concurrency: 4,
  timeoutMs: 120_000,
  embeddingModel: null,
  maxReplyMb: 16,
  maxFailures: 10,
  structuredOutput: 'auto',
  prices: null,
}

/** Names a profile for ever; its key is kept under it. */
export const profileIdSchema = z.string().regex(/^[a-z0-9-]{1,40}$/)
/** What tells a profile apart from others. */
export const profileNameSchema = z.object({ id: profileIdSchema, name: textSchema.trim().min(1).max(60) })
export type ProfileName = z.infer<typeof profileNameSchema>
/** A saved provider. */
export const providerProfileSchema = providerSettingsSchema.extend(profileNameSchema.shape)
export type ProviderProfile = z.infer<typeof providerProfileSchema>

/** The profile of settings from before there were several. */
export const defaultProfile: ProfileName = { id: 'default', name: 'Default' }

/** The address without name, password, query and fragment, any of which may hold a key. */
export function publicAddress({ baseUrl }: Pick<ProviderSettings, 'baseUrl'>): string {
  const url = new URL(baseUrl)
  url.username = ''
  url.password = ''
  url.search = ''
  url.hash = ''
  return url.href
}
