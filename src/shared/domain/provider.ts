import { z } from 'zod'
import { textSchema } from '../text/cleanText'

export const providerKindSchema = z.enum(['demo', 'openai'])
export type ProviderKind = z.infer<typeof providerKindSchema>

export const addressSchema = z.url({ protocol: /^https?$/ })

/** Settings of the model provider. `openai` uses Chat Completions of OpenAI or any compatible endpoint; the key is never part of them. */
export const providerSettingsSchema = z.object({
  kind: providerKindSchema,
  baseUrl: addressSchema.refine(
    (address) => !/^https?:\/\/[^/?#]*@/i.test(address),
    'An address holds no name and no password: the key is given apart.',
  ),
  model: textSchema.min(1),
  /** maximum number of concurrent calls */
  concurrency: z.number().int().min(1).max(64),
  /** timeout of a call in milliseconds */
  timeoutMs: z.number().int().min(1000).max(1_800_000),
  /** measures the similarity of contexts when exemplars are chosen by similarity; null: compares their words instead */
  embeddingModel: textSchema.min(1).nullable().default(null),
  /** maximum size of a decompressed reply in megabytes of 1,048,576 bytes; a longer reply is aborted */
  maxReplyMb: z.number().int().min(1).max(1024).default(16),
  /** number of consecutive items that fail for the same reason before the run is paused */
  maxFailures: z.number().int().min(1).max(1000).default(10),
  /** how JSON replies are requested; `auto`: the strictest mode that the server accepts */
  structuredOutput: z.enum(['auto', 'json_schema', 'json_object', 'none']).default('auto'),
  /** US dollars per million input and output tokens; null: list prices if they are known */
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

/** Permanent id of a profile; its key is stored under this id. */
export const profileIdSchema = z.string().regex(/^[a-z0-9-]{1,40}$/)
/** Identity of a profile. */
export const profileNameSchema = z.object({ id: profileIdSchema, name: textSchema.trim().min(1).max(60) })
export type ProfileName = z.infer<typeof profileNameSchema>
/** A saved provider. */
export const providerProfileSchema = providerSettingsSchema.extend(profileNameSchema.shape)
export type ProviderProfile = z.infer<typeof providerProfileSchema>

/** Profile of settings that were saved before profiles existed. */
export const defaultProfile: ProfileName = { id: 'default', name: 'Default' }

/** Returns the URL without user name, password, query and fragment, any of which may contain a key. */
export function publicAddress({ baseUrl }: Pick<ProviderSettings, 'baseUrl'>): string {
  const url = new URL(baseUrl)
  url.username = ''
  url.password = ''
  url.search = ''
  url.hash = ''
  return url.href
}
