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

/** Where an export takes its pairs from: a project as it is now, or one of its snapshots. */
export interface PairSource {
  readonly recipe: Recipe
  /** null: the project */
  readonly snapshot: Pick<Snapshot, 'name' | 'contentHash'> | null
  /** the card of the snapshot as its lead saved it; null where nobody did */
  readonly savedCard: string | null
  /** those that have pairs */
  readonly splits: readonly Split[]
  /**
   * Reads approved pairs by item, then by age; the turns of a conversation stand together.
   * @param options.split of this one alone
   * @param options.withRejected rejected pairs too
   */
  list(options?: { readonly split?: Split; readonly withRejected?: boolean }): Iterable<ApprovedPair>
  /** What the project knows of the making of pairs; of a snapshot's, as far as that was settled when it was created. */
  readTraces(pairs: readonly { readonly id: number; readonly callId: number | null }[]): ReadonlyMap<number, PairTrace>
  /** The verdicts of second reviewers on pairs; of a snapshot's, those given before it was created, without their outcomes, which may change. */
  readSecondReviews(candidateIds: readonly number[]): ReturnType<typeof readSecondReviews>
  /** Attention checks by reviewer; none for a snapshot, since they go on. */
  countChecks(): ReturnType<typeof countOutcomesByReviewer>
  /** Facts about the project, for a card; null for a snapshot, which the project's later work does not change. */
  readProjectFacts(): ProjectFacts | null
  /** Reads what stood before the conversation of a pair in the file that it was imported from; null where nothing did. */
  readSystem(candidateId: number): string | null
  /** Sums what rows about pairs in these states are made of, without those of items with more images than `maxImages`. */
  sumTrainingBytes(states: readonly ('accepted' | 'edited' | 'rejected')[], maxImages: number): TrainingBytes
  /** The media of the items with approved pairs. */
  sumMedia(): ApprovedMedia
}

/** Takes the pairs of a project as they are now. @param itemIds those of these items alone */
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

/** Takes the pairs of a snapshot as they were when it was created. @param which its id or its name. @throws Problem not-found */
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

/** Media that are looked at between two readings of the database. */
const mediaAtOnce = 500

/**
 * Reads all pairs and media files of a snapshot: where one is missing or was changed, an export would not have the bytes that it had before.
 * @throws Problem damaged-project, bad-media that names the first such file
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
