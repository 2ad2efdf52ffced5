import { z } from 'zod'
import { textSchema } from './text/cleanText'
import { candidateStateSchema, idSchema, pairSchema, seedSchema, timeSchema } from './domain'

const shareSchema = z.number().min(0).max(1)

/** Settings for the quality control of reviews; stored with the project. */
export const qualitySettingsSchema = z.object({
  /** decided pairs that need a second review: a share of all, and every pair that matches a rule */
  secondLook: z.object({
    share: shareSchema,
    edited: z.boolean(),
    flagged: z.boolean(),
    /** rejected for this reason */
    reason: textSchema.trim().min(1).max(80).nullable(),
    kind: z.enum(['conversation', 'detail', 'reasoning']).nullable(),
    /** decided in less than this number of seconds */
    belowSeconds: z.number().positive().max(3600).nullable(),
  }),
  /** drafts and verdicts of others are hidden from a reviewer */
  blind: z.boolean(),
  /** the reviewer who still sees prompts, calls, disagreements and exports, and changes these settings; null: nobody */
  lead: textSchema.trim().min(1).max(80).nullable().default(null),
  /** share of attention checks among the shown pairs, and the seed that selects their positions */
  checks: z.object({
    share: shareSchema.max(0.5),
    seed: seedSchema,
  }),
  /** pairs that wait for their second review are exported as the first reviewer left them */
  exportWaiting: z.boolean(),
})
export type QualitySettings = z.infer<typeof qualitySettingsSchema>

/** Returns true if a reviewer may change these settings: in blind review only the lead, if there is one. */
export const canChangeQuality = ({ blind, lead }: QualitySettings, reviewer: string): boolean =>
  !blind || lead === null || lead === reviewer

/** Returns true if any rule asks for second reviews. */
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

/** A queue of the review desk: pairs that wait for a second review, or pairs with two different verdicts. */
export const lookQueueSchema = z.enum(['second', 'disagreement'])
export type LookQueue = z.infer<typeof lookQueueSchema>

/** The verdict of one of the two reviewers of a pair. */
const lookVerdictSchema = pairSchema.extend({
  reviewer: z.string(),
  state: candidateStateSchema,
  reason: z.string().nullable(),
  decidedAt: timeSchema,
})
export type LookVerdict = z.infer<typeof lookVerdictSchema>

/** The second review of a pair. `verdicts` are those that the active reviewer may see, the first verdict first. */
export const lookSchema = z.object({ state: lookStateSchema, verdicts: z.array(lookVerdictSchema) })
export type Look = z.infer<typeof lookSchema>

export const lookCountsSchema = z.object({
  /** number of pairs that wait for the active reviewer */
  second: z.number().int(),
  disagreements: z.number().int(),
  /** number of approved pairs left out of all exports because they wait for a second review or have a disagreement */
  heldBack: z.number().int(),
  blind: z.boolean(),
})
export type LookCounts = z.infer<typeof lookCountsSchema>

export const checkKindSchema = z.enum(['foreign', 'colour', 'number', 'object', 'negation'])
export type CheckKind = z.infer<typeof checkKindSchema>

/** Notice after a missed attention check: the pair that it was shown on, and what was wrong with it. */
export const checkNoticeSchema = z.object({ candidateId: idSchema, kind: checkKindSchema, words: z.string() })
export type CheckNotice = z.infer<typeof checkNoticeSchema>

/** Agreement of two reviewers. `kappa` is null if it is not defined. */
const agreementSchema = z.object({ pairs: z.number().int(), agreed: z.number().int(), kappa: z.number().nullable() })
export type Agreement = z.infer<typeof agreementSchema>

/** A reviewer's own figures; nobody sees those of another reviewer. */
export const ownFiguresSchema = z.object({
  reviewer: z.string(),
  accepted: z.number().int(),
  edited: z.number().int(),
  rejected: z.number().int(),
  ignored: z.number().int(),
  /** seconds; null if none was measured */
  medianSeconds: z.number().nullable(),
  /** the last days with decisions, newest first; `day` is local midnight */
  days: z.array(z.object({ day: timeSchema, pairs: z.number().int() })),
  checks: z.object({ caught: z.number().int(), missed: z.number().int() }),
  /** with the other reviewers of the same pairs */
  agreement: agreementSchema,
  /** of all reviewers of the project together */
  projectAgreement: agreementSchema,
})
export type OwnFigures = z.infer<typeof ownFiguresSchema>
