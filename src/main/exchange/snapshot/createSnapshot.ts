import { availableParallelism } from 'node:os'
import { Problem } from '../../../shared/problem'
import type { Snapshot, SnapshotProgress, SnapshotRequest } from '../../../shared/snapshot'
import { mediaPath } from '../../media/mediaPath'
import { readImageLook } from '../../media/neighbours/imageLook'
import { nameLanguages } from '../../quality/nameLanguages'
import type { Project } from '../../project/project'
import { listImagesWithoutLook, saveLooks, type FileOfMedium } from '../../store/library/looks'
import { forgetChosen } from '../../store/snapshots/chooseItems'
import { requireFreeName } from '../../store/snapshots/snapshots'
import { writeInSteps } from '../../store/sql/transaction'
import { mapAhead } from '../mapAhead'
import { isSplit } from './assignSplits'
import { storeSnapshot } from './storeSnapshot'

export interface SnapshotOptions {
  readonly createdBy: string
  readonly onProgress?: (progress: SnapshotProgress) => void
  /** When it is aborted, nothing is stored, and its reason is thrown. */
  readonly signal?: AbortSignal
}

/**
 * Creates a snapshot of the approved pairs that currently match a filter. Images that were never compared are read first; the rest is one
 * transaction.
 * @throws Problem 'exists' if the name is taken, 'wrong-use' if no pair matches, 'read-only'
 */
export async function createSnapshot(
  project: Pick<Project, 'db' | 'directory'>,
  request: SnapshotRequest,
  options: SnapshotOptions,
): Promise<Snapshot> {
  const { db } = project
  requireFreeName(db, request.name)
  await nameLanguages(db, options.signal)
  if (isSplit(request.shares)) await lookAtImages(project, options)
  options.signal?.throwIfAborted()
  options.onProgress?.({ step: 'save', done: 0, total: 0 })
  try {
    return await writeInSteps(db, () => storeSnapshot(db, request, options.createdBy), options.signal)
  } finally {
    forgetChosen(db)
  }
}

/** Number of images whose looks are stored together, and the maximum number that are read again after a cancelled run. */
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

/** Returns the look of an image; null if its file is missing or cannot be decoded, so that it is compared only by its content. */
async function readLook(directory: string, storedName: string, fileName: string) {
  try {
    return await readImageLook(mediaPath(directory, storedName), fileName)
  } catch (error) {
    if (error instanceof Problem && (error.code === 'bad-media' || error.code === 'not-found')) return null
    throw error
  }
}
