import { z } from 'zod'
import { textSchema } from './text/cleanText'
import { candidateStateSchema, idSchema, pairSchema, seedSchema, timeSchema } from './domain'

const shareSchema = z.number().min(0).max(1)

/** How a project looks after the quality of its reviewers' work; kept with it. */
export const qualitySettingsSchema = z.object({
  /** which decided pairs another reviewer looks at too: a share of all, and every one that a rule names */
  secondLook: z.object({
    share: shareSchema,
    edited: z.boolean(),
    flagged: z.boolean(),
    /** rejected for this reason */
    reason: textSchema.trim().min(1).max(80).nullable(),
    kind: z.enum(['conversation', 'detail', 'reasoning']).nullable(),
    /** decided in less than so many seconds */
    belowSeconds: z.number().positive().max(3600).nullable(),
  }),
  /** drafts and verdicts of others are hidden from a reviewer */
  blind: z.boolean(),
  /** the reviewer who sees prompts, calls, disagreements and exports all the same, and changes these settings; null: nobody does */
  lead: textSchema.trim().min(1).max(80).nullable().default(null),
  /** share of the pairs that come up which are attention checks, and what places them */
  checks: z.object({
    share: shareSchema.max(0.5),
    seed: seedSchema,
  }),
  /** pairs that wait for their second look are exported as the first reviewer left them */
  exportWaiting: z.boolean(),
})
export type QualitySettings = z.infer<typeof qualitySettingsSchema>

/** Whether a reviewer may change these settings: in blind review the lead alone. */
export const canChangeQuality = ({ blind, lead }: QualitySettings, reviewer: string): boolean =>
  !blind || lead === null || lead === reviewer

/** Whether any rule asks for second reviews. */
export const asksForSecondReview = ({ secondLook: { share, ...rules } }: QualitySettings): boolean =>
  share > 0 || Object.values(rules).some((rule) => rule !== null && rule !== false)

export const defaultQualitySettings: QualitySettings = {
  secondLook: { share: 0, edited: false, flagged: false, reason: null, kind: null, belowSeconds: null },
  blind: false,
  lead: null,
  checks: { share: 0, seed: 1 },
  exportWaiting: false,
}

/** `waiting`: for another reviewer · `disagreement`: two verdicts differ · `resolved`: somebody decided between them */
export const lookStateSchema = z.enum(['waiting', 'agreed', 'disagreement', 'resolved'])

/** A queue of the review desk: pairs that wait for a second look, or those that two reviewers judged differently. */
export const lookQueueSchema = z.enum(['second', 'disagreement'])
export type LookQueue = z.infer<typeof lookQueueSchema>

/** What one of two reviewers made of a pair. */
const lookVerdictSchema = pairSchema.extend({
  reviewer: z.string(),
  state: candidateStateSchema,
  reason: z.string().nullable(),
  decidedAt: timeSchema,
})
export type LookVerdict = z.infer<typeof lookVerdictSchema>

/** The second look at a pair. `verdicts` are those that the one who asks may see, the first one first. */
export const lookSchema = z.object({ state: lookStateSchema, verdicts: z.array(lookVerdictSchema) })
export type Look = z.infer<typeof lookSchema>

export const lookCountsSchema = z.object({
  /** pairs that wait for the one who asks */
  second: z.number().int(),
  disagreements: z.number().int(),
  /** approved pairs that no export holds, since they wait or are disagreed on */
  heldBack: z.number().int(),
  blind: z.boolean(),
})
export type LookCounts = z.infer<typeof lookCountsSchema>

export const checkKindSchema = z.enum(['foreign', 'colour', 'number', 'object', 'negation'])
export type CheckKind = z.infer<typeof checkKindSchema>

/** Told after an attention check was missed: on which pair it sat, and what was wrong with it. */
export const checkNoticeSchema = z.object({ candidateId: idSchema, kind: checkKindSchema, words: z.string() })
export type CheckNotice = z.infer<typeof checkNoticeSchema>

/** How far two reviewers agree. `kappa` is null where it is not defined. */
const agreementSchema = z.object({ pairs: z.number().int(), agreed: z.number().int(), kappa: z.number().nullable() })
export type Agreement = z.infer<typeof agreementSchema>

/** A reviewer's own figures; nobody sees those of another. */
export const ownFiguresSchema = z.object({
  reviewer: z.string(),
  accepted: z.number().int(),
  edited: z.number().int(),
  rejected: z.number().int(),
  ignored: z.number().int(),
  /** seconds; null where none was measured */
  medianSeconds: z.number().nullable(),
  /** the last days with decisions, newest first; `day` is local midnight */
  days: z.array(z.object({ day: timeSchema, pairs: z.number().int() })),
  checks: z.object({ caught: z.number().int(), missed: z.number().int() }),
  /** with whoever looked at the same pairs */
  agreement: agreementSchema,
  /** of all reviewers of the project together */
  projectAgreement: agreementSchema,
})
export type OwnFigures = z.infer<typeof ownFiguresSchema>
