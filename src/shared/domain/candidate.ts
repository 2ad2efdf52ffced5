import { z } from 'zod'
import { cleanText, textSchema } from '../text/cleanText'
import { idSchema, timeSchema } from './base'
import { providerKindSchema } from './provider'

/** Returns the text of an instruction or a response in its stored form. */
export const cleanPairText = (text: string): string => cleanText(text).trim()

const pairTextSchema = textSchema.trim().min(1)
export const pairSchema = z.object({ instruction: pairTextSchema, response: pairTextSchema })
export type Pair = z.infer<typeof pairSchema>

/** A pair as a model drafted it, with its position in the reply. */
export const draftedPairSchema = pairSchema.extend({
  kind: z.enum(['conversation', 'detail', 'reasoning']).nullable().default(null),
  /** index of the conversation, and of the round in it, from 0 */
  conversation: z.number().int().nonnegative().nullable().default(null),
  turn: z.number().int().nonnegative().nullable().default(null),
  /** the model's reason why the response is right */
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
  /** the person who wrote it, if any; then run, call, provider, model and prompt version are null */
  author: z.string().nullable(),
  /** the file that it was imported from; then run, call and prompt version are null, and provider and model come from the file */
  importedFrom: z.string().nullable().default(null),
  runId: idSchema.nullable(),
  callId: idSchema.nullable(),
  provider: providerKindSchema.nullable(),
  model: z.string().nullable(),
  promptVersionId: idSchema.nullable(),
  /** the pair that it was split from */
  splitFrom: idSchema.nullable(),
  /**
   * The call whose reply contains its conversation: its own call, or for a turn that a person wrote the call of the conversation that it
   * was inserted into. Null in an imported conversation, whose number is unique within its item.
   */
  conversationCallId: idSchema.nullable(),
  state: candidateStateSchema,
  /** the current text: the draft's, or the reviewer's if it was edited */
  instruction: z.string(),
  response: z.string(),
  /** the model's draft if it was edited, else null */
  draft: pairSchema.nullable(),
  kind: draftedPairSchema.shape.kind,
  conversation: draftedPairSchema.shape.conversation,
  turn: draftedPairSchema.shape.turn,
  rationale: draftedPairSchema.shape.rationale,
  reason: z.string().nullable(),
  pinned: z.boolean(),
  /** why it is or was an exemplar; null if nobody gave a reason */
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
  /** the text before and after; null if the decision did not change it */
  change: z.object({ before: pairSchema, after: pairSchema }).nullable(),
  /**
   * index of the turn in its conversation before and after, from 0; null if it was not moved. A move without a text change decides nothing
   * else
   */
  moved: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
  /** time spent on the pair before the decision; null if not measured */
  seconds: z.number().nonnegative().nullable(),
  /** the version of the guidelines at that time; 0 is the recipe's own, null if not known */
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

/** Text that a reviewer has typed but not decided on. */
export const draftSchema = z.object({ instruction: textSchema, response: textSchema, savedAt: timeSchema })
export type Draft = z.infer<typeof draftSchema>

/** An exemplar as it appeared in a prompt. */
export const usedExemplarSchema = z.object({
  candidateId: idSchema,
  itemSourceId: z.string(),
  instruction: z.string(),
  response: z.string(),
})
export type UsedExemplar = z.infer<typeof usedExemplarSchema>
