import type { AnyFormat, ExportFormat, ExportPlan, LeftOutReason, TrainingChoices } from '../../../shared/domain'
import type { ApprovedPair } from '../../store/candidates/approved'
import { countWithoutMedia, sumApprovedMedia } from '../../store/candidates/approvedMedia'
import { readStats } from '../../store/candidates/counts'
import { countSecondReviews } from '../../store/quality/secondReviewQueue'
import type { ReadableDb } from '../../store/sql/types'
import { freeBytes, leastTrainingBytes } from './files/diskSpace'
import { countHeldWithoutMedia } from '../../store/snapshots/snapshotPairs'
import { isOwnFormat } from './exportAny'
import type { ExportProject } from './exportJob'
import { exportFormats } from './formats'
import { createProjectSource, createSnapshotSource, type PairSource } from './pairSource'
import { planTraining } from './training/planTraining'
import { trainingFormats } from './training/trainingFormats'

const PREVIEWED = 3

/**
 * Returns what an export would write now: the number of pairs, what is left out and why, its first records, and the required disk space.
 */
export async function planExport(
  project: ExportProject,
  {
    format,
    directory,
    choices = {},
    snapshotId,
  }: {
    readonly format: AnyFormat
    readonly directory: string | null
    readonly choices?: TrainingChoices | undefined
    readonly snapshotId?: number | undefined
  },
): Promise<ExportPlan> {
  const { db } = project
  const free = directory === null ? null : await freeBytes(directory)
  const held = snapshotId === undefined ? null : createSnapshotSource(db, snapshotId)
  if (isOwnFormat(format)) return { ...(held ? planSnapshot(db, held, format) : planProject(db, format)), free }
  const source = held ?? createProjectSource(db)
  const planned = await planTraining(project, source, { format: trainingFormats[format], choices })
  const { pending, rejected, ignored } = readStats(db)
  const undecided = held
    ? {}
    : // Rejected pairs are the negative examples of `kto`.
      { pending, rejected: choices.kind === 'kto' ? 0 : rejected, ignored, secondReview: countSecondReviews(db, '').heldBack }
  return {
    ...planned,
    leftOut: [...toLeftOut(undecided), ...planned.leftOut],
    bytes: leastTrainingBytes(source, trainingFormats[format], { kind: choices.kind ?? 'sft', frames: choices.frames ?? null }),
    free,
  }
}

function planProject(db: ReadableDb, format: ExportFormat): Omit<ExportPlan, 'free'> {
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
    records: previewRecords(db, createProjectSource(db), format),
    bytes: entry.leastBytes(sumApprovedMedia(db), pairs),
  }
}

const toLeftOut = (counts: Partial<Record<LeftOutReason, number>>): ExportPlan['leftOut'] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({ reason: reason as LeftOutReason, count }))

function planSnapshot(db: ReadableDb, source: ReturnType<typeof createSnapshotSource>, format: ExportFormat): Omit<ExportPlan, 'free'> {
  const entry = exportFormats[format]
  const { missing, none, broken } = entry.needsMedia ? countHeldWithoutMedia(db, source.snapshot.id) : { missing: 0, none: 0, broken: 0 }
  const pairs = source.snapshot.facts.counts.pairs - missing - none - broken
  return {
    pairs,
    leftOut: toLeftOut({ missingMedia: missing, noMedia: none, brokenMedia: broken }),
    lookedAt: null,
    preferences: [],
    records: previewRecords(db, source, format),
    bytes: entry.leastBytes(source.sumMedia(), pairs),
  }
}

function previewRecords(db: ReadableDb, source: PairSource, format: ExportFormat): ExportPlan['records'] {
  const { preview, needsMedia } = exportFormats[format]
  const first: ApprovedPair[] = []
  for (const pair of source.list()) {
    if (!needsMedia || (pair.media.length > 0 && pair.missing.length === 0)) first.push(pair)
    if (first.length === PREVIEWED) break
  }
  const texts = preview(db, first, source)
  return first.map(({ itemSourceId }, place) => ({ item: itemSourceId, text: texts[place] ?? '' }))
}
