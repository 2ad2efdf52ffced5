import { availableParallelism } from 'node:os'
import { splitSchema } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { Problem } from '../../../shared/problem'
import type { Snapshot, SnapshotProgress, SnapshotRequest } from '../../../shared/snapshot'
import { mediaPath } from '../../media/mediaPath'
import { readImageLook } from '../../media/neighbours/imageLook'
import { joinNearIdentical } from '../../media/neighbours/nearIdentical'
import { nameLanguages } from '../../quality/nameLanguages'
import type { Project } from '../../project/project'
import { listImagesWithoutLook, readChosenLooks, saveLooks, type FileOfMedium } from '../../store/library/looks'
import { getCustomRecipe, readProject } from '../../store/project/project'
import { countChosenItems, groupPairs, listChosenLicences, listChosenSources, listHeldRuns } from '../../store/snapshots/chosenFacts'
import { chooseItems, forgetChosen, readChosenItems, saveChosenSplits } from '../../store/snapshots/chooseItems'
import { previewSnapshot } from '../../store/snapshots/snapshotFilter'
import { hashSnapshot } from '../../store/snapshots/contentHash'
import { nextSnapshotId, requireFreeName, requireSnapshot, saveSnapshotRow, type StoredRecipe } from '../../store/snapshots/snapshots'
import { storePairs } from '../../store/snapshots/writeSnapshot'
import type { WritableDb } from '../../store/sql/types'
import { write } from '../../store/sql/transaction'
import { mapAhead } from '../mapAhead'
import { assignSplits } from './assignSplits'
import { describeChosen } from './describeChosen'
import { groupByMedia } from './groupByMedia'

export interface SnapshotOptions {
  readonly createdBy: string
  readonly onProgress?: (progress: SnapshotProgress) => void
  /** when it is aborted before the pairs are stored, nothing is, and its reason is thrown */
  readonly signal?: AbortSignal
}

/**
 * Creates a snapshot of the approved pairs that a filter finds now. Images that were never compared are read first; the rest is one
 * transaction. @throws Problem exists where the name is taken, wrong-use where no pair matches, read-only
 */
export async function createSnapshot(
  project: Pick<Project, 'db' | 'directory'>,
  request: SnapshotRequest,
  options: SnapshotOptions,
): Promise<Snapshot> {
  const { db } = project
  requireFreeName(db, request.name)
  await nameLanguages(db, options.signal)
  if (isSplit(request)) await lookAtImages(project, options)
  options.signal?.throwIfAborted()
  options.onProgress?.({ step: 'save', done: 0, total: 0 })
  try {
    return write(db, () => storeSnapshot(db, request, options.createdBy))
  } finally {
    forgetChosen(db)
  }
}

const isSplit = ({ shares }: SnapshotRequest) => splitSchema.options.filter((split) => shares[split] > 0).length > 1

/** Images whose looks are stored together; at most so many are read again after a cancelled run. */
const looksAtOnce = 200

async function lookAtImages({ db, directory }: Pick<Project, 'db' | 'directory'>, { onProgress, signal }: SnapshotOptions): Promise<void> {
  const images = listImagesWithoutLook(db)
  const look = async ({ id, fileName, storedName }: FileOfMedium) => {
    signal?.throwIfAborted()
    return { mediaId: id, look: await readLook(directory, storedName, fileName) }
  }
  let done = 0
  let looks: Awaited<ReturnType<typeof look>>[] = []
  for await (const each of mapAhead(images, availableParallelism(), look)) {
    looks.push(each)
    done += 1
    if (looks.length === looksAtOnce || done === images.length) {
      saveLooks(db, looks)
      looks = []
    }
    onProgress?.({ step: 'compare', done, total: images.length })
  }
}

/** What an image looks like; null where its file does not decode or is missing, so that it is compared by its content alone. */
async function readLook(directory: string, storedName: string, fileName: string) {
  try {
    return await readImageLook(mediaPath(directory, storedName), fileName)
  } catch (error) {
    if (error instanceof Problem && (error.code === 'bad-media' || error.code === 'not-found')) return null
    throw error
  }
}

function storeSnapshot(db: WritableDb, request: SnapshotRequest, createdBy: string): Snapshot {
  const { name, filter, shares, seed } = request
  requireFreeName(db, name)
  chooseItems(db, filter)
  const { sizes, shown } = readChosenItems(db)
  if (![...sizes.values()].some((pairs) => pairs > 0)) throw nothingChosen(db, request)
  const alike: [number, number][] = []
  if (isSplit(request)) {
    const { mediaIds, looks } = readChosenLooks(db)
    joinNearIdentical(looks, (one, other) => alike.push([mediaIds[one] ?? 0, mediaIds[other] ?? 0]))
  }
  saveChosenSplits(db, assignSplits(groupByMedia({ sizes, shown, alike }), shares, seed))
  const id = nextSnapshotId(db)
  storePairs(db, id, filter)
  const facts = describeChosen({
    groups: groupPairs(db, id),
    sizes: countChosenItems(db),
    runs: listHeldRuns(db, id),
    licences: listChosenLicences(db),
    sources: listChosenSources(db),
  })
  const contentHash = hashSnapshot(db, id)
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
