import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ExportFormat, ExportReport } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { type ImageName, saveImageNames } from '../../store/library/media'
import { findWriter, withSnapshot } from '../../store/sql/readOnly'
import { countSecondReviews } from '../../store/quality/secondReviewQueue'
import { readStats } from '../../store/candidates/counts'
import { findLeftOver, stageFiles } from './files/atomicDirectory'
import { createPause, type ExportJob, type ExportOptions, type ExportProject, listPairs, type Written } from './exportJob'
import { countCandidates } from '../../store/candidates/candidates'
import { hasImportedSystem } from '../../store/candidates/importedPairs'
import type { ReadableDb } from '../../store/sql/types'
import { freeBytes, requireSpace } from './files/diskSpace'
import { exportFormats, type ExportFormatEntry } from './formats'
import { createImageIds } from './mimicIt/identifiers'
import { createProjectSource, createSnapshotSource, requireWholeSnapshot, type PairSource } from './pairSource'
import { limitYoungGeneration } from '../limitYoungGeneration'

export type { ExportOptions, ExportProject } from './exportJob'

/**
 * Writes the approved pairs (accepted and edited) of a project into `directory`, reads the files back with the validator of the format, and
 * only then replaces older files. All files show the project as it was when the export began, regardless of later decisions. Pairs that
 * cannot be written are listed with the reason; the rest is exported.
 * @throws Problem 'wrong-use' if there is nothing to export, 'bad-media' if no pair could be written, 'disk-full' or 'read-only' with the
 * file or the folder; the folder is then unchanged.
 */
export async function exportPairs(
  project: ExportProject,
  { itemIds, snapshot, ...target }: ExportTarget,
  options: ExportOptions = {},
): Promise<ExportReport> {
  limitYoungGeneration()
  const writer = findWriter(project.db) // A project that is open read-only stores no names.
  const keepNames = (names: readonly ImageName[]) => writer && saveImageNames(writer, names)
  return withSnapshot(project.db, async (db) => {
    const state = { ...project, db }
    if (snapshot === undefined)
      return exportState(
        state,
        { ...target, source: createProjectSource(db, itemIds), ...countExported(db, itemIds) },
        { ...options, keepNames },
      )
    const source = createSnapshotSource(db, snapshot)
    await requireWholeSnapshot(state, source.snapshot, options.signal)
    const { pairs: total } = source.snapshot.facts.counts
    return exportState(state, { ...target, source, total, heldBack: 0 }, { ...options, keepNames })
  })
}

interface ExportTarget {
  readonly format: ExportFormat
  readonly directory: string
  /** Ids of the items to export; all items if undefined. */
  readonly itemIds?: readonly number[] | undefined
  /** Id or name of a snapshot, whose pairs are written as they were when it was created. */
  readonly snapshot?: number | string | undefined
}

interface StateTarget extends Pick<ExportTarget, 'format' | 'directory'> {
  readonly source: PairSource
  /** Number of pairs to write; `heldBack` is the number of pairs that wait for a second review. */
  readonly total: number
  readonly heldBack: number
}

async function exportState(
  project: ExportProject,
  { source, total, heldBack, ...target }: StateTarget,
  { keepNames, ...options }: ExportOptions & { readonly keepNames: (names: readonly ImageName[]) => unknown },
): Promise<ExportReport> {
  const directory = path.resolve(target.directory)
  refuseProjectFolder(project, directory)
  if (total <= 0 && heldBack > 0)
    throw new Problem('wrong-use', message('exportSet.allPairsWait'), message('exportSet.finishSecondLooks'), { item: project.info.name })
  if (total === 0)
    throw new Problem('wrong-use', message('exportSet.noApprovedPairs'), message('exportSet.acceptPairsFirst'), {
      item: project.info.name,
    })

  const format = exportFormats[target.format]
  const needed = format.leastBytes(source.sumMedia(), total)
  requireSpace(directory, needed, await (options.freeBytes ?? freeBytes)(directory))
  return stageFiles(directory, async (staging) => {
    const imageIds = createImageIds(project.db, source.recipe.prefix)
    const written = await writeSplits(format, { ...options, project, staging, source, total, imageIds })
    if (written.summary.pairs === 0) throw nothingWritten(written)
    const { validation } = written
    refuseErrors(validation)
    // Save the ids before the files become visible: an id that someone may have read must never refer to another image.
    keepNames(imageIds.given)
    const value: ExportReport = {
      format: target.format,
      directory,
      files: await listFiles(staging, written.files),
      pairs: written.summary.pairs,
      images: written.images,
      leftOut: [...written.leftOut],
      leftOver: await findLeftOver(directory, written.files),
      validation,
      demoPairs: written.summary.demoPairs,
    }
    return { files: written.files, value }
  })
}

type SplitWritten = Pick<Written, 'files' | 'images' | 'leftOut'> & {
  readonly summary: Pick<Written['summary'], 'pairs' | 'demoPairs'>
  readonly validation: ExportReport['validation']
}

/** Writes a set and reads it back. Each of several splits becomes a set in its own folder, since none of the formats supports splits. */
async function writeSplits(format: ExportFormatEntry, job: Omit<ExportJob, 'split'>): Promise<SplitWritten> {
  const { splits } = job.source
  const [only] = splits
  if (splits.length <= 1) return writeSplit(format, { ...job, split: null }, only === undefined || only === 'train' ? '' : only)
  const parts: SplitWritten[] = []
  for (const split of splits) parts.push(await writeSplit(format, { ...job, split }, split))
  return {
    files: parts.flatMap(({ files }) => files),
    images: sum(parts.map(({ images }) => images)),
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
    summary: { pairs: sum(parts.map(({ summary }) => summary.pairs)), demoPairs: sum(parts.map(({ summary }) => summary.demoPairs)) },
    validation: {
      checks: sum(parts.map(({ validation }) => validation.checks)),
      issues: parts.flatMap(({ validation }) => validation.issues),
    },
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/**
 * Writes one split and reads it back.
 * @param folder relative to the staging folder; '' for the staging folder itself
 */
async function writeSplit(format: ExportFormatEntry, job: ExportJob, folder: string): Promise<SplitWritten> {
  const staging = path.join(job.staging, folder)
  await mkdir(staging, { recursive: true })
  const { files, images, leftOut, summary } = await format.write({ ...job, staging })
  const pause = createPause(job.signal, (progress) => job.onProgress?.({ ...progress, step: 'check' }))
  const validation = summary.pairs === 0 ? { checks: 0, issues: [] } : await format.validate(staging, pause)
  const inFolder = (file: string) => path.posix.join(folder, file)
  const issues = validation.issues.map((issue) => ({ ...issue, file: inFolder(issue.file) }))
  const lost = format.keepsSystem ? 0 : countSystems(job, leftOut)
  const note = {
    level: 'warning',
    file: inFolder(files[0] ?? ''),
    id: null,
    message: message('exportSet.systemLost', { count: lost }),
  } as const
  return {
    files: files.map(inFolder),
    ...{ images, leftOut, summary },
    validation: { ...validation, issues: lost > 0 ? [...issues, note] : issues },
  }
}

/** Counts the written pairs whose conversation was imported with a system text. */
function countSystems(job: ExportJob, leftOut: ExportReport['leftOut']): number {
  if (!hasImportedSystem(job.project.db)) return 0
  const isLeftOut = new Set(leftOut.map(({ candidateId }) => candidateId))
  let count = 0
  for (const { candidate } of listPairs(job)) if (!isLeftOut.has(candidate.id) && job.source.readSystem(candidate.id) !== null) count += 1
  return count
}

/** Returns the number of approved pairs that may be exported, and the number that wait for a second review. */
function countExported(db: ReadableDb, itemIds: readonly number[] | undefined): { total: number; heldBack: number } {
  if (itemIds) return { total: countCandidates(db, { states: ['accepted', 'edited'], itemIds: [...itemIds] }), heldBack: 0 }
  const { accepted, edited } = readStats(db)
  const { heldBack } = countSecondReviews(db, '')
  return { total: accepted + edited - heldBack, heldBack }
}

/** Refuses a folder of the project: an export also has a `media` folder, whose files could not be distinguished from the project's own. */
export function refuseProjectFolder(project: Pick<ExportProject, 'directory'>, directory: string): void {
  const own = path.resolve(project.directory)
  if (directory === own || directory === path.join(own, 'media'))
    throw new Problem('wrong-use', message('exportSet.insideProject', { directory }), message('exportSet.useAnotherFolder'), {
      item: directory,
    })
}

function nothingWritten({ leftOut }: Pick<Written, 'leftOut'>): Problem {
  const [first] = leftOut
  if (!first) return new Problem('wrong-use', message('exportSet.noApprovedPairs'), message('exportSet.acceptPairsFirst'))
  return new Problem(
    'bad-media',
    message('exportSet.noPairWritten', { count: leftOut.length, item: first.item, reason: first.reason }),
    message('exportSet.nothingExported'),
    {
      item: first.item,
    },
  )
}

function refuseErrors({ issues }: ExportReport['validation']): void {
  const errors = issues.filter(({ level }) => level === 'error')
  if (errors.length === 0) return
  const first = errors
    .slice(0, 3)
    .map((issue) => message('exportSet.issue', { file: issue.file, id: issue.id === null ? '' : ` (${issue.id})`, message: issue.message }))
  throw new Problem(
    'internal',
    message('exportSet.readBackFailed', {
      count: errors.length,
      issues: first.reduce((all, next) => message('common.joined', { first: all, second: next })),
    }),
    message('exportSet.runDoctor'),
    { item: errors[0]?.id ?? errors[0]?.file },
  )
}

/** Returns names and sizes; the files of a subfolder are combined into one entry. */
async function listFiles(staging: string, names: readonly string[]): Promise<ExportReport['files']> {
  const sizes = new Map<string, number>()
  for (const name of names) {
    const listed = name.includes('/') ? `${name.split('/')[0]}/` : name
    const { size } = await stat(path.join(staging, name))
    sizes.set(listed, (sizes.get(listed) ?? 0) + size)
  }
  return [...sizes].map(([name, bytes]) => ({ name, bytes }))
}
