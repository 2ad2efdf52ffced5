import { z } from 'zod'
import {
  coldStartRuleSchema,
  coldStartSchema,
  customRecipeSchema,
  generationSettingsSchema,
  idSchema,
  messageSchema,
  promptLabelSchema,
  promptTextSchema,
  promptVersionSchema,
  trialReplySchema,
  usedExemplarSchema,
  type TrialReply,
} from '../domain'
import { textOrMessageSchema } from '../messages/message'
import { call, nothing } from './call'

const promptPreviewSchema = z.object({
  messages: z.array(messageSchema),
  exemplars: z.array(usedExemplarSchema),
  /** counted with the o200k_base vocabulary, without images */
  tokens: z.number().int(),
  /** US dollars for the prompt and a reply of typical length, with the model of the settings; null if its price is not known */
  price: z.number().nullable(),
  /** the item has no embedding yet: its exemplars may change once a run or a trial has requested it */
  byWords: z.boolean(),
})
export type PromptPreview = z.infer<typeof promptPreviewSchema>

/** Result of one trial call; it creates no candidates. */
export type PromptTrial = TrialReply

/** A fault in a Syphus prompt file, its position, and whether it can be repaired. */
const lintFindingSchema = z.object({
  kind: z.enum([
    'invalid-json',
    'no-system-message',
    'no-in-context',
    'identical-exemplars',
    'missing-user-turn',
    'unparsable-assistant-turn',
  ]),
  /** 1-based line for invalid JSON, 0-based turn for the others */
  at: z.number().int().nullable(),
  message: textOrMessageSchema,
  repair: textOrMessageSchema.nullable(),
})
export type LintFinding = z.infer<typeof lintFindingSchema>

const coldStartStateSchema = z.object({
  coldStart: coldStartSchema,
  /** number of accepted pairs, and of the items that they belong to */
  accepted: z.number().int(),
  items: z.number().int(),
  /** of the last `window` decided drafts: how many there are, and how many were accepted without edit */
  recent: z.number().int(),
  recentAccepted: z.number().int(),
  met: z.boolean(),
  byVersion: z.array(
    z.object({
      promptVersionId: idSchema,
      accepted: z.number().int(),
      edited: z.number().int(),
      rejected: z.number().int(),
      drafts: z.number().int(),
    }),
  ),
})
export type ColdStartState = z.infer<typeof coldStartStateSchema>

const promptStateSchema = z.object({
  current: promptVersionSchema,
  versions: z.array(promptVersionSchema),
  recipeText: promptTextSchema,
  settings: generationSettingsSchema,
  /** examples that came with a prompt file and belong to the current version */
  fileExemplars: z.number().int().default(0),
})
export type PromptState = z.infer<typeof promptStateSchema>

/** Unsaved input of the prompt screen; null: unchanged. */
export const promptDraftSchema = z.object({ text: promptTextSchema.nullable(), settings: generationSettingsSchema.nullable() })
export type PromptDraft = z.infer<typeof promptDraftSchema>

/** Calls about the prompt, the cold start and the recipe. */
export const promptCalls = {
  'prompt.get': call(nothing, promptStateSchema, 'shared', { reads: ['prompt'] }),
  /** examples from a prompt file stay with the new version unless they are dropped */
  'prompt.save': call(promptTextSchema.extend({ dropFileExemplars: z.boolean().optional() }), promptStateSchema, 'shared', {
    changes: ['prompt'],
    answers: 'prompt.get',
  }),
  /** sets the name and the note of a version; empty texts remove them */
  'prompt.label': call(promptLabelSchema.extend({ id: idSchema }), promptStateSchema, 'shared', {
    changes: ['prompt'],
    answers: 'prompt.get',
  }),
  'prompt.saveSettings': call(generationSettingsSchema, promptStateSchema, 'shared', { changes: ['prompt'], answers: 'prompt.get' }),
  'prompt.draft': call(nothing, promptDraftSchema, 'shared', { reads: ['promptDraft'] }),
  'prompt.saveDraft': call(promptDraftSchema, z.null(), 'shared', { changes: ['promptDraft'] }),
  /** the exact messages for an item, with unsaved text and settings */
  'prompt.preview': call(
    z.object({ itemId: idSchema, text: promptTextSchema, settings: generationSettingsSchema }),
    promptPreviewSchema,
    'lead',
    { reads: ['items', 'prompt', 'recipe', 'pairs', 'settings'] },
  ),
  /** sends one request now, with unsaved text and settings; the call is not stored */
  'prompt.try': call(
    z.object({ itemId: idSchema, text: promptTextSchema, settings: generationSettingsSchema }),
    trialReplySchema,
    'lead',
    {},
  ),
  /** reads a Syphus prompt file (system_message, in_context); the text is null if the file cannot be used at all */
  'prompt.readFile': call(
    z.object({ path: z.string(), repair: z.boolean() }),
    z.object({ text: promptTextSchema.nullable(), exemplars: z.number().int(), findings: z.array(lintFindingSchema) }),
    'shared',
    {},
  ),
  /**
   * Saves the file's message and examples as the new current version. With `repair`, faulty parts are repaired; otherwise they are left
   * out.
   * @throws if the file cannot be used at all
   */
  'prompt.importFile': call(z.object({ path: z.string(), repair: z.boolean() }), promptStateSchema, 'lead', {
    changes: ['prompt'],
    answers: 'prompt.get',
  }),
  'prompt.writeFile': call(z.object({ path: z.string() }), z.object({ path: z.string() }), 'lead', {}),
  'coldStart.get': call(nothing, coldStartStateSchema, 'own', { reads: ['coldStart', 'pairs', 'prompt'] }),
  'coldStart.save': call(z.object({ rule: coldStartRuleSchema, closed: z.boolean() }), coldStartStateSchema, 'own', {
    changes: ['coldStart'],
    answers: 'coldStart.get',
  }),
  'recipe.custom': call(nothing, customRecipeSchema, 'shared', { reads: ['recipe'] }),
  'recipe.saveCustom': call(customRecipeSchema, customRecipeSchema, 'shared', { changes: ['recipe'], answers: 'recipe.custom' }),
} as const
