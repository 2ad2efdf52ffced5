import { z } from 'zod'
import { defaultQualitySettings, qualitySettingsSchema, type QualitySettings } from '../../../shared/quality'
import type { ReadableDb, WritableDb } from '../sql/types'
import { prepare } from '../sql/statement'
import { write } from '../sql/transaction'

const rowSchema = z.object({
  share: z.number(),
  edited: z.number(),
  flagged: z.number(),
  reason: z.string().nullable(),
  kind: qualitySettingsSchema.shape.secondLook.shape.kind,
  belowSeconds: z.number().nullable(),
  blind: z.number(),
  lead: z.string().nullable(),
  checkShare: z.number(),
  checkSeed: z.number(),
  exportWaiting: z.number(),
})

/** Returns the quality settings; everything is off by default. */
export function getQualitySettings(db: ReadableDb): QualitySettings {
  const row = prepare(
    db,
    `SELECT review_share AS share, review_edited AS edited, review_flagged AS flagged, review_reason AS reason, review_kind AS kind,
       review_below_seconds AS belowSeconds, blind, lead, check_share AS checkShare, check_seed AS checkSeed, export_waiting AS exportWaiting
     FROM quality_settings`,
  ).get()
  if (row === undefined) return defaultQualitySettings
  const { share, edited, flagged, reason, kind, belowSeconds, blind, lead, checkShare, checkSeed, exportWaiting } = rowSchema.parse(row)
  return {
    secondLook: { share, edited: edited === 1, flagged: flagged === 1, reason, kind, belowSeconds },
    blind: blind === 1,
    lead,
    checks: { share: checkShare, seed: checkSeed },
    exportWaiting: exportWaiting === 1,
  }
}

/** Saves the quality settings. Call `refreshReviews` to update the second reviews of pairs that are already decided. */
export function saveQualitySettings(db: WritableDb, { secondLook, blind, lead, checks, exportWaiting }: QualitySettings): void {
  const { share, edited, flagged, reason, kind, belowSeconds } = secondLook
  write(db, () => {
    prepare(
      db,
      `INSERT OR REPLACE INTO quality_settings (id, review_share, review_edited, review_flagged, review_reason, review_kind, review_below_seconds,
         blind, lead, check_share, check_seed, export_waiting) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      share,
      Number(edited),
      Number(flagged),
      reason,
      kind,
      belowSeconds,
      Number(blind),
      lead,
      checks.share,
      checks.seed,
      Number(exportWaiting),
    )
  })
}
