import type { ApprovedMedia } from '../../store/candidates/approvedMedia'
import { message } from '../../../shared/messages/message'
import { Problem } from '../../../shared/problem'
import { splitSchema, type Split } from '../../../shared/domain'
import type { Snapshot } from '../../../shared/snapshot'
import { findMediaFault } from '../../media/storeMedia'
import type { Recipe } from '../../recipes/recipe'
import { customizeRecipe, resolveRecipe } from '../../recipes/registry'
import { listDecided, type ApprovedPair } from '../../store/candidates/approved'
import { sumApprovedMedia, sumTrainingBytes, type TrainingBytes } from '../../store/candidates/approvedMedia'
import { readImportedSystem } from '../../store/candidates/importedPairs'
import { readSecondReviews, readTraces, type PairTrace } from '../../store/candidates/traces'
import { countOutcomesByReviewer } from '../../store/quality/attentionChecks'
import { readProjectFacts, type ProjectFacts } from './card/projectFacts'
import { listSnapshotMedia, listSnapshotPairs, sumSnapshotMedia, sumSnapshotTrainingBytes } from '../../store/snapshots/snapshotPairs'
import { hashSnapshot } from '../../store/snapshots/contentHash'
import { readSavedCard } from '../../store/snapshots/snapshotCards'
import { readSnapshotRecipe, requireSnapshot } from '../../store/snapshots/snapshots'
import type { ReadableDb } from '../../store/sql/types'

/** Source of the pairs of an export: the current state of a project, or one of its snapshots. */
export interface PairSource {
  readonly recipe: Recipe
  /** Snapshot; null for the current state of the project. */
  readonly snapshot: Pick<Snapshot, 'name' | 'contentHash'> | null
  /** Card of the snapshot as the lead saved it; null if no card was saved. */
  readonly savedCard: string | null
  /** Splits that contain pairs. */
  readonly splits: readonly Split[]
  /**
   * Reads approved pairs by item, then by age; the turns of a conversation are consecutive.
   * @param options.split reads only this split
   * @param options.withRejected includes rejected pairs
   */
  list(options?: { readonly split?: Split; readonly withRejected?: boolean }): Iterable<ApprovedPair>
  /** Returns the provenance of pairs; for a snapshot, only what was settled when it was created. */
  readTraces(pairs: readonly { readonly id: number; readonly callId: number | null }[]): ReadonlyMap<number, PairTrace>
  /**
   * Returns the verdicts of second reviewers on pairs; for a snapshot, the verdicts from before it was created, without their outcomes,
   * which may change.
   */
  readSecondReviews(candidateIds: readonly number[]): ReturnType<typeof readSecondReviews>
  /** Returns attention checks by reviewer; empty for a snapshot, since the checks continue after its creation. */
  countChecks(): ReturnType<typeof countOutcomesByReviewer>
  /** Returns facts about the project for a card; null for a snapshot, which does not depend on later work in the project. */
  readProjectFacts(): ProjectFacts | null
  /** Returns the system text of a pair's conversation in the file that it was imported from; null if there was none. */
  readSystem(candidateId: number): string | null
  /** Sums the sizes that make up rows about pairs in these states, without items that have more images than `maxImages`. */
  sumTrainingBytes(states: readonly ('accepted' | 'edited' | 'rejected')[], maxImages: number): TrainingBytes
  /** Sums the media of the items with approved pairs. */
  sumMedia(): ApprovedMedia
}

/**
 * Creates a source of the current pairs of a project.
 * @param itemIds restricts the source to these items
 */
export const createProjectSource = (db: ReadableDb, itemIds?: readonly number[]): PairSource => ({
  recipe: resolveRecipe(db),
  snapshot: null,
  savedCard: null,
  splits: ['train'],
  list: ({ withRejected = false } = {}) =>
    listDecided(db, ['accepted', 'edited', ...(withRejected ? (['rejected'] as const) : [])], itemIds),
  readTraces: (pairs) => readTraces(db, pairs),
  readSecondReviews: (candidateIds) => readSecondReviews(db, candidateIds, null),
  countChecks: () => countOutcomesByReviewer(db),
  readProjectFacts: () => readProjectFacts(db),
  readSystem: (candidateId) => readImportedSystem(db, candidateId),
  sumTrainingBytes: (states, maxImages) => sumTrainingBytes(db, states, maxImages, itemIds),
  sumMedia: () => sumApprovedMedia(db),
})

/**
 * Creates a source of the pairs of a snapshot as they were when it was created.
 * @param which id or name of the snapshot
 * @throws Problem 'not-found' if there is no such snapshot
 */
export function createSnapshotSource(db: ReadableDb, which: number | string): PairSource & { readonly snapshot: Snapshot } {
  const snapshot = requireSnapshot(db, which)
  const { id, custom } = readSnapshotRecipe(db, snapshot.id)
  return {
    recipe: customizeRecipe(id, custom),
    snapshot,
    savedCard: readSavedCard(db, snapshot.id)?.text ?? null,
    splits: splitSchema.options.filter((split) => snapshot.facts.counts.splits[split].pairs > 0),
    list: ({ split, withRejected = false } = {}) =>
      listSnapshotPairs(db, {
        snapshotId: snapshot.id,
        states: ['accepted', 'edited', ...(withRejected ? (['rejected'] as const) : [])],
        split,
      }),
    readTraces: (pairs) => readTraces(db, pairs, { until: snapshot.createdAt }),
    readSecondReviews: (candidateIds) => readSecondReviews(db, candidateIds, snapshot.createdAt),
    countChecks: () => new Map(),
    readProjectFacts: () => null,
    readSystem: (candidateId) => readImportedSystem(db, candidateId),
    sumTrainingBytes: (states, maxImages) => sumSnapshotTrainingBytes(db, snapshot.id, states, maxImages),
    sumMedia: () => sumSnapshotMedia(db, snapshot.id),
  }
}

/** Number of media checked between two database reads. */
const mediaAtOnce = 500

/**
 * Checks all pairs and media files of a snapshot: if any is missing or changed, an export would differ from earlier ones.
 * @throws Problem 'damaged-project', or 'bad-media' with the first such file
 */
export async function requireWholeSnapshot(
  { db, directory }: { readonly db: ReadableDb; readonly directory: string },
  { id, name, contentHash }: Pick<Snapshot, 'id' | 'name' | 'contentHash'>,
  signal?: AbortSignal,
): Promise<void> {
  if (hashSnapshot(db, id) !== contentHash)
    throw new Problem('damaged-project', message('snapshot.changed', { name }), message('snapshot.createAgain'), {
      item: `snapshot ${name}`,
    })
  for (let after = 0; ;) {
    const media = listSnapshotMedia(db, id, after, mediaAtOnce)
    for (const medium of media) {
      signal?.throwIfAborted()
      const fault = await findMediaFault(directory, { ...medium, problem: null }, signal)
      if (fault)
        throw new Problem('bad-media', message('snapshot.mediumChanged', { name, reason: fault.text }), fault.remedyText, {
          item: medium.fileName,
          cause: fault,
        })
    }
    const last = media.at(-1)
    if (!last || media.length < mediaAtOnce) return
    after = last.id
  }
}
