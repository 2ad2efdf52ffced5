import type { ExportFormat, ExportPlan, LeftOutReason } from '../../../shared/domain'
import type { ApprovedPair } from '../../store/candidates/approved'
import { countWithoutMedia, sumApprovedMedia } from '../../store/candidates/approvedMedia'
import { readStats } from '../../store/candidates/counts'
import { countSecondReviews } from '../../store/quality/secondReviewQueue'
import type { ReadableDb } from '../../store/sql/types'
import { freeBytes } from './diskSpace'
import { countHeldWithoutMedia } from '../../store/snapshots/snapshotPairs'
import { exportFormats } from './formats'
import { createProjectSource, createSnapshotSource, type PairSource } from './pairSource'

const PREVIEWED = 3

/** Returns what an export would write now: how many pairs, what is left out and why, its first records, and the room that it needs. */
export async function planExport(
  db: ReadableDb,
  { format, directory, snapshotId }: { format: ExportFormat; directory: string | null; snapshotId?: number | undefined },
): Promise<ExportPlan> {
  if (snapshotId !== undefined) return planSnapshot(db, createSnapshotSource(db, snapshotId), { format, directory })
  const entry = exportFormats[format]
  const { accepted, edited, pending, rejected, ignored } = readStats(db)
  const { heldBack } = countSecondReviews(db, '')
  const { missing, none, broken } = entry.needsMedia ? countWithoutMedia(db) : { missing: 0, none: 0, broken: 0 }
  const counts = {
    pending,
    rejected,
    ignored,
    secondReview: heldBack,
    missingMedia: missing,
    noMedia: none,
    brokenMedia: broken,
  } as const satisfies Record<LeftOutReason, number>
  const pairs = Math.max(0, accepted + edited - heldBack - missing - none - broken)
  return {
    pairs,
    leftOut: Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => ({ reason: reason as LeftOutReason, count })),
    records: previewRecords(db, createProjectSource(db), format),
    bytes: entry.leastBytes(sumApprovedMedia(db), pairs),
    free: directory === null ? null : await freeBytes(directory),
  }
}

async function planSnapshot(
  db: ReadableDb,
  source: ReturnType<typeof createSnapshotSource>,
  { format, directory }: { format: ExportFormat; directory: string | null },
): Promise<ExportPlan> {
  const entry = exportFormats[format]
  const { missing, none, broken } = entry.needsMedia ? countHeldWithoutMedia(db, source.snapshot.id) : { missing: 0, none: 0, broken: 0 }
  const counts = { missingMedia: missing, noMedia: none, brokenMedia: broken } as const
  const pairs = source.snapshot.facts.counts.pairs - missing - none - broken
  return {
    pairs,
    leftOut: Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => ({ reason: reason as LeftOutReason, count })),
    records: previewRecords(db, source, format),
    bytes: entry.leastBytes(source.sumMedia(), pairs),
    free: directory === null ? null : await freeBytes(directory),
  }
}

function previewRecords(db: ReadableDb, source: PairSource, format: ExportFormat): ExportPlan['records'] {
  const { preview, needsMedia } = exportFormats[format]
  const first: ApprovedPair[] = []
  for (const pair of source.list()) {
    if (!needsMedia || (pair.media.length > 0 && pair.missing.length === 0)) first.push(pair)
    if (first.length === PREVIEWED) break
  }
  const texts = preview(db, first, source.recipe)
  return first.map(({ candidate, itemSourceId }, place) => ({ candidateId: candidate.id, item: itemSourceId, text: texts[place] ?? '' }))
}
