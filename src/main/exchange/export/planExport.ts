import type { AnyFormat, ExportFormat, ExportPlan, LeftOutReason, TrainingChoices } from '../../../shared/domain'
import { listApproved, type ApprovedPair } from '../../store/candidates/approved'
import { countWithoutMedia, sumApprovedMedia } from '../../store/candidates/approvedMedia'
import { readStats } from '../../store/candidates/counts'
import { countSecondReviews } from '../../store/quality/secondReviewQueue'
import type { ReadableDb } from '../../store/sql/types'
import { freeBytes } from './diskSpace'
import { isOwnFormat } from './exportAny'
import type { ExportProject } from './exportJob'
import { exportFormats, leastRecord } from './formats'
import { planTraining } from './training/planTraining'
import { trainingFormats } from './trainingFormats'

const PREVIEWED = 3

/** Returns what an export would write now: how many pairs, what is left out and why, its first records, and the room that it needs. */
export async function planExport(
  project: ExportProject,
  { format, directory, choices = {} }: { format: AnyFormat; directory: string | null; choices?: TrainingChoices | undefined },
): Promise<ExportPlan> {
  const { db } = project
  const free = directory === null ? null : await freeBytes(directory)
  if (isOwnFormat(format)) return { ...planOwnFormat(db, format), free }
  const { accepted, edited, pending, rejected, ignored } = readStats(db)
  const bytes = sumApprovedMedia(db).bytes + (accepted + edited) * leastRecord
  const planned = await planTraining(project, trainingFormats[format], choices)
  // Rejected pairs are the negative examples of `kto`.
  const undecided = { pending, rejected: choices.kind === 'kto' ? 0 : rejected, ignored, secondReview: countSecondReviews(db, '').heldBack }
  return { ...planned, leftOut: [...toLeftOut(undecided), ...planned.leftOut], bytes, free }
}

function planOwnFormat(db: ReadableDb, format: ExportFormat): Omit<ExportPlan, 'free'> {
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
    leftOut: toLeftOut(counts),
    lookedAt: null,
    preferences: [],
    records: previewRecords(db, format),
    bytes: entry.leastBytes(sumApprovedMedia(db), pairs),
  }
}

const toLeftOut = (counts: Partial<Record<LeftOutReason, number>>): ExportPlan['leftOut'] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({ reason: reason as LeftOutReason, count }))

function previewRecords(db: ReadableDb, format: ExportFormat): ExportPlan['records'] {
  const { preview, needsMedia } = exportFormats[format]
  const first: ApprovedPair[] = []
  for (const pair of listApproved(db)) {
    if (!needsMedia || (pair.media.length > 0 && pair.missing.length === 0)) first.push(pair)
    if (first.length === PREVIEWED) break
  }
  const texts = preview(db, first)
  return first.map(({ itemSourceId }, place) => ({ item: itemSourceId, text: texts[place] ?? '' }))
}
