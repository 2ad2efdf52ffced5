import { message } from '../../../shared/messages/message'
import { Problem } from '../../../shared/problem'
import type { Snapshot, SnapshotRequest, SplitShares } from '../../../shared/snapshot'
import { joinNearIdentical } from '../../media/neighbours/nearIdentical'
import { readChosenLooks } from '../../store/library/looks'
import { getCustomRecipe, readProject } from '../../store/project/project'
import { groupPairs, type ChosenGroup, listChosenLicences, listChosenSources, listHeldRuns } from '../../store/snapshots/chosenFacts'
import { chooseItems, readChosenItems, saveChosenSplits, type ItemRange } from '../../store/snapshots/chooseItems'
import { previewSnapshot } from '../../store/snapshots/snapshotFilter'
import { addContent, createContentHash } from '../../store/snapshots/contentHash'
import { nextSnapshotId, requireFreeName, requireSnapshot, saveSnapshotRow, type StoredRecipe } from '../../store/snapshots/snapshots'
import { storePairs, storeRuns } from '../../store/snapshots/writeSnapshot'
import type { WritableDb } from '../../store/sql/types'
import { assignSplits, isSplit } from './assignSplits'
import { countSplits } from './countSplits'
import { describeChosen } from './describeChosen'
import { groupByMedia, type MediaGroup, type SplitInput } from './groupByMedia'

/**
 * Number of pairs that are stored, counted and hashed together, so that their pages are read once and the rest of the process is not
 * blocked.
 */
const pairsAtOnce = 20_000

/**
 * Splits items into ranges of about `pairsAtOnce` pairs.
 * @param sizes numbers of pairs by ascending item id
 */
function* cutItems(sizes: ReadonlyMap<number, number>): Generator<ItemRange> {
  let [first, last, pairs] = [0, 0, 0]
  for (const [id, size] of sizes) {
    if (pairs === 0) first = id
    last = id
    pairs += Math.max(size, 1)
    if (pairs < pairsAtOnce) continue
    yield [first, last]
    pairs = 0
  }
  if (pairs > 0) yield [first, last]
}

/** Groups the chosen items that share media or have nearly identical images. */
function groupChosen(db: WritableDb, { sizes, shown }: Omit<SplitInput, 'alike'>, shares: SplitShares): MediaGroup[] {
  const alike: [number, number][] = []
  if (isSplit(shares)) {
    const { mediaIds, looks } = readChosenLooks(db)
    joinNearIdentical(looks, (one, other) => alike.push([mediaIds[one] ?? 0, mediaIds[other] ?? 0]))
  }
  return groupByMedia({ sizes, shown, alike })
}

/**
 * Stores a snapshot of the approved pairs that currently match a filter, in steps of one transaction (see `writeInSteps`).
 * @throws Problem 'exists' if the name is taken, 'wrong-use' if no pair matches
 */
export function* storeSnapshot(db: WritableDb, request: SnapshotRequest, createdBy: string): Generator<undefined, Snapshot> {
  const { name, filter, shares, seed } = request
  requireFreeName(db, name)
  chooseItems(db, filter)
  yield
  const chosen = readChosenItems(db)
  if (![...chosen.sizes.values()].some((pairs) => pairs > 0)) throw nothingChosen(db, request)
  const splitOf = assignSplits(groupChosen(db, chosen, shares), shares, seed)
  saveChosenSplits(db, splitOf)
  yield
  const id = nextSnapshotId(db)
  const content = createContentHash()
  const groups: ChosenGroup[] = []
  for (const range of cutItems(chosen.sizes)) {
    storePairs(db, id, filter, range)
    groups.push(...groupPairs(db, id, range))
    addContent(content, db, id, range)
    yield
  }
  storeRuns(db, id, [...new Set(groups.flatMap(({ runId }) => runId ?? []))])
  const facts = describeChosen({
    groups,
    splits: countSplits(chosen, splitOf),
    runs: listHeldRuns(db, id),
    licences: listChosenLicences(db),
    sources: listChosenSources(db),
  })
  const contentHash = content.digest('hex')
  saveSnapshotRow(db, { id, name, filter, shares, seed, createdAt: Date.now(), createdBy, contentHash, facts, recipe: describeRecipe(db) })
  return requireSnapshot(db, id)
}

function nothingChosen(db: WritableDb, { name, filter }: SnapshotRequest): Problem {
  const { heldBack } = previewSnapshot(db, filter)
  const what = heldBack > 0 ? message('snapshot.allPairsWait', { count: heldBack }) : message('snapshot.noPairs')
  return new Problem('wrong-use', what, heldBack > 0 ? message('exportSet.finishSecondLooks') : message('snapshot.widenFilter'), {
    item: name,
  })
}

function describeRecipe(db: WritableDb): StoredRecipe {
  const { recipe: id } = readProject(db)
  if (id !== 'custom') return { id, custom: null }
  const { prefix, relation } = getCustomRecipe(db)
  return { id, custom: { prefix, relation } }
}
