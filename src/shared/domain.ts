import { z } from 'zod'
import { cleanText, textSchema } from './cleanText'
import { textOrMessageSchema } from './messages/message'

/**
 * The words of the field, as schemas and types. Both sides of the window, the store, the command line and the tests share them.
 * Ids are positive integers given by the store, times are milliseconds since 1970 (UTC), boxes are pixels of the original image.
 */

export const idSchema = z.number().int().positive()
export const timeSchema = z.number().int().nonnegative()

// — media, context, item —

export const boxSchema = z.object({
  label: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number().nonnegative(),
  height: z.number().nonnegative(),
  /** position of the image in its item that the box lies on */
  media: z.number().int().nonnegative().default(0),
})
export type Box = z.infer<typeof boxSchema>

/** Seconds from the start of the video. */
export const timedSentenceSchema = z.object({ start: z.number().nonnegative(), end: z.number().nonnegative(), text: z.string() })
export type TimedSentence = z.infer<typeof timedSentenceSchema>

/** One step that the wearer of a camera takes, with the things in view. Seconds from the start of the video. */
export const narrationSchema = z.object({
  time: z.number().nonnegative(),
  text: z.string(),
  objects: z.array(z.string()).default([]),
})
export type Narration = z.infer<typeof narrationSchema>

/** What an album says of one of its images. */
export const albumImageSchema = z.object({
  title: z.string().default(''),
  tags: z.string().default(''),
  story: z.array(z.string()).default([]),
})
export type AlbumImage = z.infer<typeof albumImageSchema>

/**
 * What is known about an item: the visual annotation in Syphus' words. Known keys are typed, others are kept as they came.
 * Which keys a recipe fills: la captions, boxes, conversation · cgd captionsOf (by image), boxes · sd differences · vst title,
 * description, images · dc duration, sentences · tvc descriptions, clip · sn objects, activities · e4d narrations.
 */
export const contextSchema = z
  .object({
    captions: z.array(z.string()).optional(),
    captionsOf: z.array(z.array(z.string())).optional(),
    boxes: z.array(boxSchema).optional(),
    conversation: z.array(z.object({ instruction: z.string(), response: z.string() })).optional(),
    differences: z.array(z.string()).optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    images: z.array(albumImageSchema).optional(),
    duration: z.number().nonnegative().optional(),
    clip: z.object({ start: z.number().nonnegative(), end: z.number().nonnegative() }).optional(),
    sentences: z.array(timedSentenceSchema).optional(),
    descriptions: z.array(z.string()).optional(),
    objects: z.array(z.string()).optional(),
    activities: z.array(z.string()).optional(),
    narrations: z.array(narrationSchema).optional(),
  })
  .catchall(z.json())
export type Context = z.infer<typeof contextSchema>

export const mediaKindSchema = z.enum(['image', 'video'])
export type MediaKind = z.infer<typeof mediaKindSchema>
export const mediaSchema = z.object({
  id: idSchema,
  sha256: z.string().length(64),
  /** the name it was imported under, for people */
  fileName: z.string(),
  /** the name below `media/` of the project */
  storedName: z.string(),
  kind: mediaKindSchema,
  mime: z.string(),
  bytes: z.number().int().nonnegative(),
  /** pixels; null where not known */
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  /** of a video; null where not known */
  durationMs: z.number().int().nonnegative().nullable().default(null),
  /** why it cannot be decoded here, with the codec's name; null where it can */
  problem: textOrMessageSchema.nullable().default(null),
})
export type Media = z.infer<typeof mediaSchema>

/** Which frames of a video stand for it in prompts and in training: one every so many seconds, or so many evenly spaced. */
export const frameRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('every'), seconds: z.number().min(0.001) }).readonly(),
  z.object({ kind: z.literal('even'), count: z.number().int().min(1) }).readonly(),
])
export type FrameRule = z.infer<typeof frameRuleSchema>

export const itemSchema = z.object({
  id: idSchema,
  /** the id in the imported file */
  sourceId: z.string().min(1),
  media: z.array(mediaSchema),
  /** media that the imported file names and that were not found; they can be linked later */
  missing: z.array(z.object({ position: z.number().int().nonnegative(), name: z.string() })).default([]),
  context: contextSchema,
  createdAt: timeSchema,
})
export type Item = z.infer<typeof itemSchema>

// — recipes, prompt versions —

export const recipeIdSchema = z.enum(['la', 'cgd', 'sd', 'vst', 'dc', 'tvc', 'sn', 'e4d', 'custom'])
export type RecipeId = z.infer<typeof recipeIdSchema>

/**
 * What a reply looks like. `pairs`: a list of pairs · `kinds`: pairs that say whether they are conversation, detail or reasoning ·
 * `conversations`: several conversations of several rounds, each round with the reason for its response.
 */
export const outputFormSchema = z.enum(['pairs', 'kinds', 'conversations'])
export type OutputForm = z.infer<typeof outputFormSchema>

export const promptTextSchema = z.object({
  outputForm: outputFormSchema,
  systemMessage: textSchema,
  /** Liquid; its variables are the keys of the context */
  contextTemplate: textSchema,
})
export type PromptText = z.infer<typeof promptTextSchema>

/** An example that came with a prompt file: an annotation as text, and the pairs about it. Which item it is about, the file does not say. */
export const fileExemplarSchema = z.object({ annotation: textSchema, pairs: z.array(z.lazy(() => draftedPairSchema)).min(1) })
export type FileExemplar = z.infer<typeof fileExemplarSchema>

export const promptVersionSchema = promptTextSchema.extend({ id: idSchema, createdAt: timeSchema })
export type PromptVersion = z.infer<typeof promptVersionSchema>

export const exemplarPolicySchema = z.object({
  /** most exemplars of the pool in a prompt, pinned ones included; those of a prompt file come before them and are not counted */
  count: z.number().int().min(0).max(50),
  /** what fills the places that pinned exemplars leave */
  fill: z.enum(['recent', 'random', 'similar', 'diverse', 'none']),
  /** makes `random` repeatable */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  /** most tokens of all exemplars, those of a prompt file included; the last ones are dropped first. null = no limit */
  tokenBudget: z.number().int().positive().nullable().default(null),
})
export type ExemplarPolicy = z.infer<typeof exemplarPolicySchema>

/** How a project asks: kept with the project, copied into every run. */
export const generationSettingsSchema = z.object({
  pairsPerItem: z.number().int().min(1).max(20),
  temperature: z.number().min(0).max(2),
  topP: z.number().gt(0).max(1),
  maxTokens: z.number().int().min(16).max(100_000),
  attachImage: z.boolean(),
  exemplars: exemplarPolicySchema,
})
export type GenerationSettings = z.infer<typeof generationSettingsSchema>

/** Sampling as published for Syphus: temperature 0.7, top_p 0.95, 3,200 tokens. */
export const defaultGenerationSettings: GenerationSettings = {
  pairsPerItem: 3,
  temperature: 0.7,
  topP: 0.95,
  maxTokens: 3200,
  attachImage: false,
  exemplars: { count: 6, fill: 'recent', seed: 1, tokenBudget: null },
}

// — providers, runs, calls —

export const providerKindSchema = z.enum(['demo', 'openai'])
export type ProviderKind = z.infer<typeof providerKindSchema>

const addressSchema = z.url({ protocol: /^https?$/ })

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
}

/** `unfinished` states keep items without a successful call; such a run can be resumed. */
export const runStateSchema = z.enum(['running', 'cancelled', 'interrupted', 'finished'])
export type RunState = z.infer<typeof runStateSchema>

export const runSettingsSchema = z.object({
  /** an address that is not taken any more can still be read */
  provider: providerSettingsSchema.extend({ baseUrl: addressSchema }),
  generation: generationSettingsSchema,
})
export type RunSettings = z.infer<typeof runSettingsSchema>

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

/** What stopped a run before its last item: the failure of an item, and how many in a row failed like it. */
export const runStopSchema = z.object({ error: callErrorSchema, item: z.string(), failures: z.number().int().positive() })
export type RunStop = z.infer<typeof runStopSchema>

export const runSchema = z.object({
  id: idSchema,
  promptVersionId: idSchema,
  settings: runSettingsSchema,
  state: runStateSchema,
  createdAt: timeSchema,
  finishedAt: timeSchema.nullable(),
  /** items planned; of them with a successful call; of them whose last call failed */
  items: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  candidates: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  stoppedBy: runStopSchema.nullable(),
})
export type Run = z.infer<typeof runSchema>

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
export const messagePartSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  /** `mediaId` names the picture; its bytes are put in only when the call is sent */
  z.object({ type: z.literal('image'), mediaId: idSchema, fileName: z.string() }),
])
export const messageSchema = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.array(messagePartSchema),
})
export type Message = z.infer<typeof messageSchema>

// — pairs, candidates, decisions —

/** The text of an instruction or a response as it is stored. */
export const cleanPairText = (text: string): string => cleanText(text).trim()

export const pairTextSchema = textSchema.trim().min(1)
export const pairSchema = z.object({ instruction: pairTextSchema, response: pairTextSchema })
export type Pair = z.infer<typeof pairSchema>

/** A pair as a model drafted it, with its place in what it drafted. */
export const draftedPairSchema = pairSchema.extend({
  kind: z.enum(['conversation', 'detail', 'reasoning']).nullable().default(null),
  /** number of the conversation, and of the round in it, from 0 */
  conversation: z.number().int().nonnegative().nullable().default(null),
  turn: z.number().int().nonnegative().nullable().default(null),
  /** why the response is right, as the model says */
  rationale: textSchema.nullable().default(null),
})
export type DraftedPair = z.infer<typeof draftedPairSchema>

export const verdictSchema = z.enum(['accept', 'edit', 'reject', 'ignore', 'reopen'])
export type Verdict = z.infer<typeof verdictSchema>

export const candidateStateSchema = z.enum(['pending', 'accepted', 'edited', 'rejected', 'ignored'])
export type CandidateState = z.infer<typeof candidateStateSchema>

export const stateAfter = {
  accept: 'accepted',
  edit: 'edited',
  reject: 'rejected',
  ignore: 'ignored',
  reopen: 'pending',
} as const satisfies Record<Verdict, CandidateState>

/** In the order of the keys 1 to 8. */
export const rejectReasons = [
  'not visible',
  'wrong fact',
  'trivial',
  'leaks the annotation',
  'duplicate',
  'unsafe',
  'language',
  'other',
] as const
export type RejectReason = (typeof rejectReasons)[number]

export const candidateSchema = z.object({
  id: idSchema,
  itemId: idSchema,
  itemSourceId: z.string(),
  /** who wrote it, where a person did; then run, call, provider, model and prompt version are null */
  author: z.string().nullable(),
  runId: idSchema.nullable(),
  callId: idSchema.nullable(),
  provider: providerKindSchema.nullable(),
  model: z.string().nullable(),
  promptVersionId: idSchema.nullable(),
  /** the pair that it was split from */
  splitFrom: idSchema.nullable(),
  /** the call in whose reply its conversation stands: its own, or for a person's turn the one that it was put into */
  conversationCallId: idSchema.nullable(),
  state: candidateStateSchema,
  /** the text as it stands: the draft's, or the reviewer's where it was edited */
  instruction: z.string(),
  response: z.string(),
  /** the model's draft where it was edited, else null */
  draft: pairSchema.nullable(),
  kind: draftedPairSchema.shape.kind,
  conversation: draftedPairSchema.shape.conversation,
  turn: draftedPairSchema.shape.turn,
  rationale: draftedPairSchema.shape.rationale,
  reason: z.string().nullable(),
  pinned: z.boolean(),
  /** why it is an exemplar, or was one; null where nobody said */
  pinnedReason: z.string().nullable().default(null),
  createdAt: timeSchema,
})
export type Candidate = z.infer<typeof candidateSchema>

export const decisionKindSchema = z.enum(['decide', 'undo', 'redo'])
export const decisionSchema = z.object({
  id: idSchema,
  candidateId: idSchema,
  kind: decisionKindSchema,
  verdict: verdictSchema,
  reason: z.string().nullable(),
  reviewer: z.string(),
  before: candidateStateSchema,
  after: candidateStateSchema,
  /** the text before and after; null where the decision left it as it was */
  change: z.object({ before: pairSchema, after: pairSchema }).nullable(),
  /** the turn's place in its conversation, from 0; null where it stayed where it was. Nothing else was decided then, unless the text changed */
  moved: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
  /** spent on the pair before deciding; null where nobody measured */
  seconds: z.number().nonnegative().nullable(),
  /** the version of the guidelines in force; 0 is the recipe's own, null where it is not known */
  guidelineVersion: z.number().int().nonnegative().nullable().default(null),
  decidedAt: timeSchema,
})
export type Decision = z.infer<typeof decisionSchema>

export const countsSchema = z.object({
  pending: z.number().int(),
  accepted: z.number().int(),
  edited: z.number().int(),
  rejected: z.number().int(),
  ignored: z.number().int(),
})
export type Counts = z.infer<typeof countsSchema>

/** Text that a reviewer has typed and not decided on. */
export const draftSchema = z.object({ instruction: textSchema, response: textSchema, savedAt: timeSchema })
export type Draft = z.infer<typeof draftSchema>

/** One exemplar as it stood in a prompt. */
export const usedExemplarSchema = z.object({
  candidateId: idSchema,
  itemSourceId: z.string(),
  instruction: z.string(),
  response: z.string(),
})
export type UsedExemplar = z.infer<typeof usedExemplarSchema>

// — cold start —

/** When the exemplars are good enough: so many accepted from so many items, and a share of the last decided accepted without edit. */
export const coldStartRuleSchema = z.object({
  accepted: z.number().int().min(1).max(1000),
  items: z.number().int().min(1).max(1000),
  share: z.number().min(0).max(1),
  window: z.number().int().min(1).max(1000),
})
export type ColdStartRule = z.infer<typeof coldStartRuleSchema>
export const defaultColdStartRule: ColdStartRule = { accepted: 6, items: 3, share: 0.8, window: 20 }

export const coldStartSchema = z.object({ rule: coldStartRuleSchema, closedAt: timeSchema.nullable() })
export type ColdStart = z.infer<typeof coldStartSchema>

// — project —

/** What a custom recipe is made of, in the window. */
export const customRecipeSchema = z.object({
  /** begins every id of an export */
  prefix: z.string().regex(/^[A-Z][A-Z0-9]{0,11}$/),
  fields: z.array(textSchema.min(1)),
  /** `similar-text`: of other items, by their instructions · `similar-image`: of other items, by the first picture of each */
  relation: z.enum(['none', 'earlier', 'mutual', 'similar-text', 'similar-image']),
})
export type CustomRecipe = z.infer<typeof customRecipeSchema>
export const defaultCustomRecipe: CustomRecipe = { prefix: 'CUSTOM', fields: [], relation: 'earlier' }

export const projectInfoSchema = z.object({
  path: z.string(),
  name: z.string(),
  uuid: z.string(),
  recipe: recipeIdSchema,
  createdAt: timeSchema,
  /** why it is open for reading only, and what to do about it; null where it can be written to */
  readOnly: z.object({ message: textOrMessageSchema, remedy: textOrMessageSchema }).nullable().default(null),
})
export type ProjectInfo = z.infer<typeof projectInfoSchema>

export const statsSchema = countsSchema.extend({
  items: z.number().int(),
  media: z.number().int(),
  candidates: z.number().int(),
  /** of them written by people */
  written: z.number().int(),
  runs: z.number().int(),
  calls: z.number().int(),
  failedCalls: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
})
export type Stats = z.infer<typeof statsSchema>

// — import, export, doctor reports —

export const importFormatSchema = z.enum([
  'coco',
  'llava',
  'spot-the-diff',
  'vist',
  'activitynet',
  'tvc',
  'scanrefer',
  'ego4d',
  'vtt',
  'labelme',
  'via',
  'voc',
  'yolo',
  'label-studio',
  'karpathy',
  'mimic-it',
  'csv',
  'jsonl',
  'folder',
])
export type ImportFormat = z.infer<typeof importFormatSchema>

/** `line` is 1-based in `file`; null where a format has no lines */
const importRemarkSchema = z.object({
  file: z.string(),
  line: z.number().int().nullable(),
  item: z.string().nullable(),
  reason: textOrMessageSchema,
  /** `link`: the same import helps, with the folder that has the medium, and no `update`; by default, a corrected row does */
  remedy: z.literal('link').optional(),
})

export const importReportSchema = z.object({
  added: z.number().int(),
  /** rows whose item was there already */
  unchanged: z.number().int(),
  mediaAdded: z.number().int(),
  /** items that were there already and whose missing media were found this time; those count as added media too */
  linked: z.number().int(),
  /** items that were there already and whose context and media were replaced, since the import was to do so */
  updated: z.number().int(),
  /** rows, or parts of them, that did not come in */
  problems: z.array(importRemarkSchema),
  /** worth knowing, and nothing that was meant to come in stayed out */
  notes: z.array(importRemarkSchema).default([]),
  /** problems beyond those listed */
  moreProblems: z.number().int(),
  cancelled: z.boolean(),
})
export type ImportReport = z.infer<typeof importReportSchema>

export const exportFormatSchema = z.enum(['mimic-it', 'jsonl'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** What an export is at, beside writing the pairs: finding those that stand before each, and reading the files back. */
export const exportStepSchema = z.enum(['relations', 'check'])
export type ExportStep = z.infer<typeof exportStepSchema>

export const validationIssueSchema = z.object({
  level: z.enum(['error', 'warning']),
  file: z.string(),
  /** the instruction, image or key it concerns */
  id: z.string().nullable(),
  message: textOrMessageSchema,
})
export type ValidationIssue = z.infer<typeof validationIssueSchema>

export const exportReportSchema = z.object({
  format: exportFormatSchema,
  directory: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
  pairs: z.number().int(),
  images: z.number().int(),
  /** approved pairs that could not be written, with the reason */
  leftOut: z.array(z.object({ candidateId: idSchema, item: z.string(), reason: textOrMessageSchema })),
  /** files of an earlier export of the same set in the folder that nothing refers to any more */
  leftOver: z.array(z.string()).default([]),
  /** what the validator found when it read the files back; checks counts what it looked at */
  validation: z.object({ checks: z.number().int(), issues: z.array(validationIssueSchema) }),
  demoPairs: z.number().int(),
})
export type ExportReport = z.infer<typeof exportReportSchema>

export const doctorReportSchema = z.object({
  healthy: z.boolean(),
  findings: z.array(z.object({ check: z.string(), message: textOrMessageSchema, remedy: textOrMessageSchema })),
  checks: z.array(z.string()),
})
export type DoctorReport = z.infer<typeof doctorReportSchema>
