import { z } from 'zod'
import { textSchema } from './cleanText'
import { comfortSchema } from './comfort'
import {
  callErrorSchema,
  callSchema,
  coldStartRuleSchema,
  coldStartSchema,
  customRecipeSchema,
  draftedPairSchema,
  callStateSchema,
  candidateSchema,
  countsSchema,
  decisionSchema,
  doctorReportSchema,
  draftSchema,
  exportFormatSchema,
  exportReportSchema,
  exportStepSchema,
  generationSettingsSchema,
  idSchema,
  importFormatSchema,
  importReportSchema,
  itemSchema,
  mediaSchema,
  messageSchema,
  pairSchema,
  projectInfoSchema,
  promptTextSchema,
  promptVersionSchema,
  providerSettingsSchema,
  recipeIdSchema,
  runSchema,
  statsSchema,
  usedExemplarSchema,
  verdictSchema,
} from './domain'
import { fixPreviewSchema, fixRuleSchema, mostFixRules, pairFormSchema, stepOutcomeSchema, typedPairsSchema } from './editing'
import { deskSchema, listOrderSchema, queueCursorSchema, workSchema, workSessionSchema } from './flow'
import { guidelineHeadSchema, guidelineSchema } from './guidelines'
import { problemSchema } from './problem'
import { rawFrameSchema } from './rawFrame'
import { recoveryChoiceSchema, recoveryOfferSchema } from './recovery'
import { saidTextsSchema } from './say'
import {
  bulkTargetSchema,
  candidateCursorSchema,
  candidateFilterSchema,
  exemplarReasonSchema,
  marksSchema,
  qualitySchema,
  reviewSettingsSchema,
  savedViewSchema,
  type CandidateCursor,
} from './review'
import { keymapOverridesSchema } from './keymap'
import { knownWordSchema } from './spelling'
import { checkNoticeSchema, lookCountsSchema, lookQueueSchema, lookSchema, ownFiguresSchema, qualitySettingsSchema } from './quality'
import { tableCalls } from './table'
import type { Visibility } from './visibility'

/** Every call between the window and the main process: name → what goes in, what comes out. Media never cross it. */

const nothing = z.object({}).strict()

export const appSettingsSchema = comfortSchema.extend({
  /** written on every decision */
  reviewer: textSchema.trim().min(1).max(80),
  /** whether the person gave this name; until then it is that of their account on this computer */
  reviewerNamed: z.boolean(),
  provider: providerSettingsSchema,
  keys: keymapOverridesSchema,
  /** pairs that this person means to decide on in a day */
  dailyGoal: z.number().int().min(1).max(10_000).optional(),
  /** whether the guidelines are open beside the pair */
  guidelinesOpen: z.boolean().optional(),
})
export type AppSettings = z.infer<typeof appSettingsSchema>

export const keyStatusSchema = z.object({
  /** `environment`: from OPENAI_API_KEY */
  present: z.enum(['none', 'stored', 'memory', 'environment']),
  /** `memory`: this system has no keychain, so a key lasts until the window closes */
  storage: z.enum(['keychain', 'memory']),
})
export type KeyStatus = z.infer<typeof keyStatusSchema>

export const recentProjectSchema = z.object({ path: z.string(), name: z.string(), openedAt: z.number(), exists: z.boolean() })
export type RecentProject = z.infer<typeof recentProjectSchema>

export { candidateCursorSchema }
export type { CandidateCursor }

export const itemSummarySchema = z.object({
  id: idSchema,
  sourceId: z.string(),
  media: z.array(mediaSchema.pick({ id: true, kind: true })),
  /** first words of the context */
  excerpt: z.string(),
  candidates: z.number().int(),
  pending: z.number().int(),
  approved: z.number().int(),
})
export type ItemSummary = z.infer<typeof itemSummarySchema>

export const itemFilterSchema = z.object({
  state: z.enum(['all', 'undrafted', 'pending', 'reviewed']),
  query: z.string().max(400).optional(),
})
export type ItemFilter = z.infer<typeof itemFilterSchema>

export const candidateDetailSchema = z.object({
  candidate: candidateSchema,
  /** in the order of the prompt */
  exemplars: z.array(usedExemplarSchema),
  decisions: z.array(decisionSchema),
  draft: draftSchema.nullable(),
})
export type CandidateDetail = z.infer<typeof candidateDetailSchema>

export const decisionResultSchema = z.object({ candidate: candidateSchema, counts: countsSchema, check: checkNoticeSchema.optional() })
/**
 * `pairs`: how many the step changed, one where left out; the candidate is the first of them. `decided`: how many of them by hand, one where
 * left out. `marks`: not decisions, but their tags or flags
 */
export const stepResultSchema = decisionResultSchema.extend({
  pairs: z.number().int().optional(),
  decided: z.number().int().optional(),
  marks: z.literal(true).optional(),
})
export type DecisionResult = z.infer<typeof decisionResultSchema>

/** A new run, and the items that were left out of it because another run under way has them. */
export const plannedRunSchema = runSchema.extend({ leftOut: z.array(z.object({ runId: idSchema, items: z.number().int() })) })
export type PlannedRun = z.infer<typeof plannedRunSchema>

export const runProgressSchema = z.object({
  run: runSchema,
  /** items a minute over the last half minute; null before the first */
  rate: z.number().nullable(),
  /** milliseconds; null where not known yet */
  remainingMs: z.number().nullable(),
  active: z.boolean(),
  /** another process holds the write lock: replies are kept until they can be stored */
  waitsForLock: z.boolean(),
})
export type RunProgress = z.infer<typeof runProgressSchema>

export const promptPreviewSchema = z.object({
  messages: z.array(messageSchema),
  exemplars: z.array(usedExemplarSchema),
  /** counted with the o200k_base vocabulary, pictures left out */
  tokens: z.number().int(),
  /** US dollars for the prompt and a reply of the usual length, by the model of the settings; null where its price is not known */
  price: z.number().nullable(),
  /** the embedding model has not seen the item yet: its exemplars may be others once a run or a trial has asked it */
  byWords: z.boolean(),
})
export type PromptPreview = z.infer<typeof promptPreviewSchema>

/** What one trial call brought; nothing of it becomes a candidate. */
export const promptTrialSchema = z.object({
  model: z.string(),
  reply: z.string().nullable(),
  pairs: z.array(draftedPairSchema),
  error: callErrorSchema.nullable(),
  promptTokens: z.number().int().nullable(),
  completionTokens: z.number().int().nullable(),
  milliseconds: z.number(),
})
export type PromptTrial = z.infer<typeof promptTrialSchema>

/** What is wrong with a Syphus prompt file, where, and whether it can be repaired. */
export const lintFindingSchema = z.object({
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
  message: z.string(),
  repair: z.string().nullable(),
  said: saidTextsSchema.optional(),
})
export type LintFinding = z.infer<typeof lintFindingSchema>

export const coldStartStateSchema = z.object({
  coldStart: coldStartSchema,
  /** pairs accepted, from so many items */
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

export const promptStateSchema = z.object({
  current: promptVersionSchema,
  versions: z.array(promptVersionSchema),
  recipeText: promptTextSchema,
  settings: generationSettingsSchema,
  /** examples that came with a prompt file and belong to the current version */
  fileExemplars: z.number().int().default(0),
})
export type PromptState = z.infer<typeof promptStateSchema>

/** What was typed on the prompt screen and not saved; null: as it is stored. */
export const promptDraftSchema = z.object({ text: promptTextSchema.nullable(), settings: generationSettingsSchema.nullable() })
export type PromptDraft = z.infer<typeof promptDraftSchema>

export const exemplarSchema = z.object({
  candidate: candidateSchema,
  /** drafts that had it in their prompt, and how those fared */
  used: z.number().int(),
  accepted: z.number().int(),
  decided: z.number().int(),
})
export type Exemplar = z.infer<typeof exemplarSchema>

/** Paths come from the system's own dialogs. `media` may be the folder of the file itself. */
export const importRequestSchema = z.object({
  format: importFormatSchema,
  file: z.string().optional(),
  captions: z.string().optional(),
  instances: z.string().optional(),
  /** JSON from source ids to a media name or a list of names, for formats that know only ids */
  files: z.string().optional(),
  /** activities, one a line (scanrefer) */
  activities: z.string().optional(),
  /** of text files that are not UTF-8, by a name of the WHATWG Encoding Standard; told by their bytes where it is left out */
  encoding: z.string().optional(),
  /** of VIST's stories: with names replaced and words apart (`text`, the default), or as they were written (`original_text`) */
  text: z.enum(['normalized', 'original']).optional(),
  mediaDirectory: z.string(),
  /** replaces context and media of an item that is there; it is left as it is otherwise */
  update: z.boolean().optional(),
})
export type ImportRequest = z.infer<typeof importRequestSchema>

const filterName = z.object({ name: z.string(), extensions: z.array(z.string()) })

const typedPlace = z.object({ form: pairFormSchema, subjectId: idSchema })

const call = <I extends z.ZodType, O extends z.ZodType, V extends Visibility>(input: I, output: O, visibility: V) => ({
  input,
  output,
  visibility,
})

export const contract = {
  'app.info': call(nothing, z.object({ version: z.string(), platform: z.string(), documents: z.string() }), 'shared'),
  /** the licenses of everything that the program is made of */
  'app.notices': call(nothing, z.string(), 'shared'),
  'app.settings': call(nothing, appSettingsSchema, 'shared'),
  'app.saveSettings': call(appSettingsSchema.partial(), appSettingsSchema, 'shared'),
  'app.keyStatus': call(nothing, keyStatusSchema, 'shared'),
  'app.saveKey': call(z.object({ key: z.string().trim().min(1).max(500) }), keyStatusSchema, 'shared'),
  'app.forgetKey': call(nothing, keyStatusSchema, 'shared'),
  'app.chooseFolder': call(z.object({ title: z.string() }), z.string().nullable(), 'shared'),
  'app.chooseFile': call(z.object({ title: z.string(), filters: z.array(filterName) }), z.string().nullable(), 'shared'),
  /** where a file is to be written; `name` is proposed */
  'app.chooseSaveFile': call(
    z.object({ title: z.string(), name: z.string(), filters: z.array(filterName) }),
    z.string().nullable(),
    'shared',
  ),
  'app.showFolder': call(z.object({ path: z.string() }), z.null(), 'shared'),
  /** asks the provider of these settings for one tiny answer */
  'app.testProvider': call(providerSettingsSchema, z.object({ model: z.string(), milliseconds: z.number() }), 'shared'),

  'project.current': call(nothing, projectInfoSchema.nullable(), 'shared'),
  'project.recent': call(nothing, z.array(recentProjectSchema), 'shared'),
  'project.forget': call(z.object({ path: z.string() }), z.array(recentProjectSchema), 'shared'),
  'project.create': call(
    z.object({ folder: z.string(), name: textSchema.trim().min(1).max(120), recipe: recipeIdSchema }),
    projectInfoSchema,
    'shared',
  ),
  'project.createSample': call(nothing, projectInfoSchema, 'shared'),
  'project.open': call(z.object({ path: z.string() }), projectInfoSchema, 'shared'),
  /** what can be done about a project whose file is damaged; null where it is sound. Changes nothing. */
  'project.recovery': call(z.object({ path: z.string() }), recoveryOfferSchema.nullable(), 'shared'),
  /** puts one of both in the place of the damaged file, which is kept, and opens the project */
  'project.recover': call(z.object({ path: z.string(), use: recoveryChoiceSchema }), projectInfoSchema, 'shared'),
  'project.close': call(nothing, z.null(), 'shared'),
  'project.stats': call(nothing, statsSchema, 'own'),
  'project.doctor': call(nothing, doctorReportSchema, 'shared'),

  'item.page': call(
    z.object({ filter: itemFilterSchema, after: z.number().int().nonnegative(), limit: z.number().int().min(1).max(200) }),
    z.object({ items: z.array(itemSummarySchema), total: z.number().int() }),
    'own',
  ),
  'item.get': call(z.object({ id: idSchema }), itemSchema, 'shared'),

  /** seconds at which each frame of a video is shown, rising; empty where they cannot be read */
  'media.frameTimes': call(z.object({ id: idSchema }), z.array(z.number()), 'shared'),

  /** one frame of a video by its number, from 0, to be drawn */
  'media.frame': call(z.object({ id: idSchema, index: z.number().int().nonnegative() }), rawFrameSchema, 'shared'),
  /** has the frames around one decoded, since they may be asked for next */
  'media.prepareFrame': call(z.object({ id: idSchema, index: z.number().int().nonnegative() }), z.null(), 'shared'),

  /** why a medium cannot be shown, as far as its file tells, and what to do; null where the file is as it was imported */
  'media.fault': call(z.object({ id: idSchema }), problemSchema.nullable(), 'shared'),

  'import.start': call(importRequestSchema, importReportSchema, 'shared'),
  'import.cancel': call(nothing, z.null(), 'shared'),

  'prompt.get': call(nothing, promptStateSchema, 'shared'),
  /** examples from a prompt file stay with the new version unless they are dropped */
  'prompt.save': call(promptTextSchema.extend({ dropFileExemplars: z.boolean().optional() }), promptStateSchema, 'shared'),
  'prompt.saveSettings': call(generationSettingsSchema, promptStateSchema, 'shared'),
  'prompt.draft': call(nothing, promptDraftSchema, 'shared'),
  'prompt.saveDraft': call(promptDraftSchema, z.null(), 'shared'),
  /** the exact messages for an item, with unsaved text and settings */
  'prompt.preview': call(
    z.object({ itemId: idSchema, text: promptTextSchema, settings: generationSettingsSchema }),
    promptPreviewSchema,
    'lead',
  ),

  /** asks the model once, now, with unsaved text and settings; the call is kept by nobody */
  'prompt.try': call(z.object({ itemId: idSchema, text: promptTextSchema, settings: generationSettingsSchema }), promptTrialSchema, 'lead'),
  /** reads a Syphus prompt file (system_message, in_context); null text where it cannot be used at all */
  'prompt.readFile': call(
    z.object({ path: z.string(), repair: z.boolean() }),
    z.object({ text: promptTextSchema.nullable(), exemplars: z.number().int(), findings: z.array(lintFindingSchema) }),
    'shared',
  ),
  /**
   * The file's message and examples as the new current version; with `repair` what was found is put right, without, it is left out.
   * @throws where the file cannot be used at all
   */
  'prompt.importFile': call(z.object({ path: z.string(), repair: z.boolean() }), promptStateSchema, 'lead'),
  'prompt.writeFile': call(z.object({ path: z.string() }), z.object({ path: z.string() }), 'lead'),
  'coldStart.get': call(nothing, coldStartStateSchema, 'own'),
  'coldStart.save': call(z.object({ rule: coldStartRuleSchema, closed: z.boolean() }), coldStartStateSchema, 'own'),
  'recipe.custom': call(nothing, customRecipeSchema, 'shared'),
  'recipe.saveCustom': call(customRecipeSchema, customRecipeSchema, 'shared'),
  /** answers when the run has begun; the rest comes as run.progress */
  'run.start': call(
    z.object({ itemIds: z.array(idSchema).optional(), limit: idSchema.optional(), onlyUndrafted: z.boolean().optional() }),
    plannedRunSchema,
    'shared',
  ),
  'run.resume': call(z.object({ runId: idSchema }), runSchema, 'shared'),
  'run.cancel': call(z.object({ runId: idSchema }), z.null(), 'shared'),
  'run.list': call(nothing, z.array(runProgressSchema), 'shared'),
  'run.calls': call(
    z.object({
      runId: idSchema,
      states: z.array(callStateSchema),
      after: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(200),
    }),
    z.array(callSchema),
    'lead',
  ),

  'candidate.page': call(
    z.object({ filter: candidateFilterSchema, after: candidateCursorSchema.nullable(), limit: z.number().int().min(1).max(200) }),
    z.object({ candidates: z.array(candidateSchema), next: candidateCursorSchema.nullable() }),
    'own',
  ),
  /** `look`: as in that queue */
  'candidate.get': call(z.object({ id: idSchema, look: lookQueueSchema.optional() }), candidateDetailSchema, 'own'),
  'candidate.counts': call(nothing, countsSchema, 'own'),
  /** those of the ids that there are, in their order */
  'candidate.list': call(z.object({ ids: z.array(idSchema).max(200) }), z.array(candidateSchema), 'own'),
  /** how many a filter finds */
  'candidate.count': call(z.object({ filter: candidateFilterSchema }), z.number().int(), 'own'),
  /** a page of an order that `candidate.page` does not give; see `main/queues.ts` */
  'candidate.queue': call(
    z.object({
      filter: candidateFilterSchema,
      order: listOrderSchema,
      after: queueCursorSchema.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({ candidates: z.array(candidateSchema), next: queueCursorSchema.nullable(), total: z.number().int() }),
    'own',
  ),
  'desk.get': call(nothing, deskSchema, 'own'),
  'desk.save': call(deskSchema, deskSchema, 'own'),
  'session.start': call(workSchema, workSessionSchema, 'own'),
  'session.keep': call(workSessionSchema.extend(workSchema.shape), z.null(), 'own'),
  /** all sessions of the reviewer that began at `from` or later, together */
  'session.sum': call(z.object({ from: z.number() }), workSchema, 'own'),
  ...tableCalls,
  /** pairs with the words of this one, the most similar first */
  'candidate.similar': call(z.object({ id: idSchema, limit: z.number().int().min(1).max(100) }), z.array(candidateSchema), 'own'),

  'marks.get': call(z.object({ candidateId: idSchema }), marksSchema, 'own'),
  'marks.flag': call(z.object({ candidateId: idSchema, flagged: z.boolean() }), marksSchema, 'own'),
  'marks.tag': call(z.object({ candidateId: idSchema, tag: textSchema.trim().min(1).max(60), tagged: z.boolean() }), marksSchema, 'own'),
  'marks.comment': call(z.object({ candidateId: idSchema, body: textSchema.trim().min(1).max(4000) }), marksSchema, 'own'),
  'marks.removeComment': call(z.object({ candidateId: idSchema, commentId: idSchema }), marksSchema, 'own'),
  'marks.rate': call(
    z.object({ candidateId: idSchema, quality: qualitySchema, value: z.number().int().min(1).max(5).nullable() }),
    marksSchema,
    'own',
  ),
  'marks.tags': call(nothing, z.array(z.string()), 'shared'),

  'view.list': call(nothing, z.array(savedViewSchema), 'shared'),
  'view.save': call(savedViewSchema.omit({ id: true }), z.array(savedViewSchema), 'shared'),
  'view.remove': call(z.object({ id: idSchema }), z.array(savedViewSchema), 'shared'),

  'review.settings': call(nothing, reviewSettingsSchema, 'shared'),
  'review.saveSettings': call(reviewSettingsSchema, reviewSettingsSchema, 'shared'),

  /** the version in force */
  'guidelines.get': call(nothing, guidelineSchema, 'shared'),
  /** all versions without their text, the latest first; the last is the recipe's own, version 0 */
  'guidelines.versions': call(nothing, z.array(guidelineHeadSchema), 'shared'),
  'guidelines.version': call(guidelineHeadSchema.pick({ version: true }), guidelineSchema, 'shared'),
  /** a new version, unless it is the text in force */
  'guidelines.save': call(guidelineSchema.pick({ body: true }), guidelineSchema, 'shared'),
  /** words that are right in this project, in their order */
  'spelling.words': call(nothing, z.array(z.string()), 'shared'),
  'spelling.addWord': call(z.object({ word: knownWordSchema }), z.array(z.string()), 'shared'),
  'spelling.removeWord': call(z.object({ word: z.string() }), z.array(z.string()), 'shared'),
  'quality.settings': call(nothing, qualitySettingsSchema, 'shared'),
  'quality.saveSettings': call(qualitySettingsSchema, qualitySettingsSchema, 'shared'),
  /** second looks and disagreements, for the reviewer who asks */
  'quality.counts': call(nothing, lookCountsSchema, 'own'),
  /** null where there is none, or it is not the reviewer's to see; `resolving`: in the queue of disagreements */
  'quality.look': call(z.object({ candidateId: idSchema, resolving: z.boolean() }), lookSchema.nullable(), 'own'),
  'quality.ownFigures': call(nothing, ownFiguresSchema, 'own'),

  /** one decision on many pairs, undone in one step; how many were changed */
  'bulk.decide': call(
    z.object({
      target: bulkTargetSchema,
      verdict: z.enum(['accept', 'reject', 'ignore', 'reopen']),
      reason: textSchema.trim().min(1).max(500).optional(),
    }),
    z.object({ changed: z.number().int(), counts: countsSchema }),
    'own',
  ),
  /** how many were changed */
  'bulk.tag': call(
    z.object({ target: bulkTargetSchema, tag: textSchema.trim().min(1).max(60), tagged: z.boolean() }),
    z.object({ changed: z.number().int() }),
    'own',
  ),
  'bulk.flag': call(z.object({ target: bulkTargetSchema, flagged: z.boolean() }), z.object({ changed: z.number().int() }), 'own'),

  'decision.add': call(
    z.object({
      candidateId: idSchema,
      verdict: verdictSchema,
      /** the new text of an edit */
      pair: pairSchema.optional(),
      reason: textSchema.trim().min(1).max(500).optional(),
      seconds: z.number().nonnegative().optional(),
      /** decides between two verdicts that differ */
      final: z.literal(true).optional(),
    }),
    decisionResultSchema,
    'own',
  ),
  /** null: nothing (more) to undo or redo */
  'decision.undo': call(nothing, stepResultSchema.nullable(), 'own'),
  'decision.redo': call(nothing, stepResultSchema.nullable(), 'own'),
  'draft.save': call(z.object({ candidateId: idSchema, instruction: textSchema, response: textSchema }), draftSchema, 'own'),
  'draft.discard': call(z.object({ candidateId: idSchema }), z.null(), 'own'),

  /** the first half replaces the pair, the second becomes a new one; both are approved, and undone, in one step */
  'pair.split': call(
    z.object({ candidateId: idSchema, first: pairSchema, second: pairSchema, seconds: z.number().nonnegative().optional() }),
    stepOutcomeSchema,
    'own',
  ),
  /** a pair of one's own, approved at once; `besideId` is the pair on the screen, whose conversation it goes on with `asTurn` */
  'pair.write': call(
    z.object({
      itemId: idSchema,
      pair: pairSchema,
      besideId: idSchema.optional(),
      asTurn: z.boolean().optional(),
      seconds: z.number().nonnegative().optional(),
    }),
    stepOutcomeSchema,
    'own',
  ),
  'pair.typed': call(typedPlace, typedPairsSchema.nullable(), 'own'),
  'pair.saveTyped': call(typedPlace.extend({ pairs: typedPairsSchema }), z.null(), 'own'),
  'pair.discardTyped': call(typedPlace, z.null(), 'own'),
  /** the turns of the conversation that a pair stands in, in their order */
  'turn.list': call(z.object({ candidateId: idSchema }), z.array(candidateSchema), 'own'),
  /** no candidates where the turn stands at that end already */
  'turn.move': call(z.object({ candidateId: idSchema, by: z.union([z.literal(-1), z.literal(1)]) }), stepOutcomeSchema, 'own'),
  /** one decision on all pending pairs of an item; what was typed for one is accepted with it */
  'item.decide': call(
    z.object({
      itemId: idSchema,
      verdict: z.enum(['accept', 'reject']),
      reason: textSchema.trim().min(1).max(500).optional(),
      seconds: z.number().nonnegative().optional(),
    }),
    stepOutcomeSchema,
    'own',
  ),
  /** what rules would do to the pending pairs; ends the preview before it */
  'fix.preview': call(z.object({ rules: z.array(fixRuleSchema).max(mostFixRules) }), fixPreviewSchema, 'own'),

  'exemplar.list': call(z.object({ limit: z.number().int().min(1).max(500) }), z.array(exemplarSchema), 'own'),
  /** the order of the pinned ones, set by hand */
  'exemplar.order': call(z.object({ candidateIds: z.array(idSchema).max(500) }), z.null(), 'own'),
  /** a reason of null takes an earlier one away; left out, it stays */
  'exemplar.pin': call(
    z.object({ candidateId: idSchema, pinned: z.boolean(), reason: exemplarReasonSchema.nullable().optional() }),
    candidateSchema,
    'own',
  ),

  /** null where it was stopped */
  'export.start': call(z.object({ format: exportFormatSchema, directory: z.string() }), exportReportSchema.nullable(), 'lead'),
  'export.cancel': call(nothing, z.null(), 'shared'),
} as const

export type Contract = typeof contract
export type CallName = keyof Contract
/** The calls whose answers depend on who may see what; see `Visibility`. */
export type CallsOf<V extends Visibility> = { [N in CallName]: Contract[N]['visibility'] extends V ? N : never }[CallName]
export type CallInput<N extends CallName> = z.input<Contract[N]['input']>
export type CallParsedInput<N extends CallName> = z.output<Contract[N]['input']>
export type CallOutput<N extends CallName> = z.output<Contract[N]['output']>

/** What main tells the window without being asked; at most 10 a second each. */
export const events = {
  'run.progress': runProgressSchema,
  'import.progress': z.object({ done: z.number(), total: z.number().nullable(), problems: z.number() }),
  'export.progress': z.object({ done: z.number(), total: z.number(), step: exportStepSchema.optional() }),
  /** data changed by something other than this window's last call: lists should be read again */
  'data.changed': z.object({ what: z.enum(['project', 'items', 'candidates', 'runs']) }),
  /** a run ended before its last item by a fault of this machine, such as a full disk; it can be resumed */
  'run.failed': z.object({ runId: idSchema, problem: problemSchema }),
  /** a large project of an earlier version is brought up to date before it is opened */
  /** the open project had to be closed */
  'project.failed': problemSchema,
  /** the open project was not backed up; earlier backups were kept */
  'backup.failed': problemSchema,
  /** a menu item was chosen */
  'menu.action': z.object({ action: z.string() }),
} as const
export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>

export const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), problem: problemSchema }),
])
export type Answer = z.infer<typeof answerSchema>

/** What the preload script puts on `window`. */
export interface Bridge {
  call(name: CallName, input: unknown): Promise<Answer>
  on(event: EventName, listener: (payload: unknown) => void): () => void
}

/** The page's address of a medium; `thumb` is at most 320 pixels wide and high, of a video the frame that is shown `at` so many seconds. */
export const mediaUrl = (mediaId: number, projectUuid: string, size: 'full' | 'thumb' = 'full', at = 0) =>
  `media://${projectUuid}/${mediaId}${size === 'thumb' ? '?size=thumb' : ''}${size === 'thumb' && at > 0 ? `&at=${Math.round(at * 1000)}` : ''}`
