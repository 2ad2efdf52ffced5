import { realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ImportRequest } from '../../../shared/contract'
import type { ImportReport } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { Problem, toProblem } from '../../../shared/problem'
import { cleanValue } from '../../../shared/text/cleanText'
import { findControlTokenIn } from '../../../shared/text/controlTokens'
import { removeStaleTemporaries } from '../../media/storeMedia'
import { readProject } from '../../store/project/project'
import type { WritableDb } from '../../store/sql/types'
import { limitYoungGeneration } from '../limitYoungGeneration'
import { type FilesMap, readFilesMap } from './filesMap'
import { removeReplaced, startBatch } from './importStage'
import { type ImportProgress, ImportTally } from './importTally'
import { type PairsImport, startPairs } from './pairs/startPairs'
import { readRows, requireFit, requireFormat } from './readFormat'
import { type ImportEntry, type ImportProblem, type ImportRow, toEntries } from './row/entry'
import { type MediaFinder, startFinding } from './row/importMedia'
import type { PreparedRow } from './row/preparedRow'
import { UnlabelledImages } from './row/unlabelledImages'
import { startRows } from './startRows'
import { badFile } from './text/readLines'

interface ImportOptions {
  /** Called at most 10 times a second, and once at the end. */
  readonly onProgress?: (progress: ImportProgress) => void
  /** Stops the import; rows that are already stored are kept. */
  readonly signal?: AbortSignal
  /** The reviewer who imports, and who accepts the pairs that are imported as accepted. */
  readonly reviewer?: string
}

/**
 * Removes characters from the texts of a row that readers of the project or its exports cannot handle. Adds notes about such changes and
 * about control tokens that models would misread.
 */
function cleanRow(row: ImportRow, tally: ImportTally): ImportRow {
  const place = { file: row.file, line: row.line, item: row.id }
  const token = findControlTokenIn(row.context)
  if (token !== null) tally.addNote({ ...place, reason: message('import.controlToken', { token }) })
  const context = cleanValue(row.context)
  if (context === row.context) return row
  tally.addNote({ ...place, reason: message('import.textsCleaned') })
  return { ...row, context }
}

interface Project {
  readonly db: WritableDb
  readonly directory: string
}

/** Number of rows whose media are copied and decoded at the same time; matches the default size of Node's thread pool. */
const maxRowsPerPage = 4

async function requireFolder(path: string): Promise<string> {
  try {
    const real = await realpath(path)
    if ((await stat(real)).isDirectory()) return real
  } catch (error) {
    throw toProblem(error, path)
  }
  throw new Problem('wrong-use', message('import.notFolder', { path }), message('import.chooseMediaFolder'), { item: path })
}

const fileOf = ({ format, file, captions, instances, mediaDirectory }: ImportRequest) =>
  basename(format === 'folder' ? mediaDirectory : (file ?? captions ?? instances ?? mediaDirectory))

/** Reports ids of the files map that no row used, such as misspelled ids. */
function reportUnused(tally: ImportTally, { files }: ImportRequest, filesMap: FilesMap | null): void {
  const { count, first } = filesMap?.unused(5) ?? { count: 0, first: [] }
  if (files === undefined || count === 0) return
  const names = first.map((key) => `“${key}”`)
  const rest = count > names.length ? message('import.andMore', { more: count - names.length }) : ''
  tally.addNote({
    file: basename(files),
    line: null,
    item: null,
    reason: message('import.unusedFilesMapIds', { ids: names.join(', '), more: rest }),
  })
}

/** Reports files that were matched although their names differ slightly, and files that several names share. */
function reportTaken(tally: ImportTally, request: ImportRequest, finder: MediaFinder): void {
  const place = { file: fileOf(request), line: null, item: null }
  for (const reason of finder.notes()) tally.addNote({ ...place, reason })
  const reason = finder.sharedFiles()
  if (reason !== null) tally.addProblem({ ...place, reason })
}

/** Describes a file that could not be read to its end; reported together with the results of its rows. */
function stoppedBy(problem: Problem): ImportProblem {
  const file = problem.item ?? ''
  const { reason, text } = problem
  return {
    file,
    line: null,
    item: null,
    reason: reason === null ? message('import.restNotReadAfter', { problem: text }) : message('import.restNotRead', { reason }),
  }
}

/**
 * Imports a file of items, or a folder of images, into a project. Media are copied under the hash of their content. A row that cannot be
 * used is reported with file, line and reason; the other rows are imported. Existing items are not changed (unless `update` is set), so
 * repeating an import adds nothing. If a file cannot be read to its end but some of its rows were imported, the report contains this as a
 * problem.
 * @throws Problem if the file as a whole is unusable, or if the project cannot be written (rows stored by then are kept)
 */
export async function importFiles(project: Project, request: ImportRequest, options: ImportOptions = {}): Promise<ImportReport> {
  limitYoungGeneration()
  const { recipe } = readProject(project.db)
  requireFit(request, recipe)
  const mediaDirectory = await requireFolder(request.mediaDirectory)
  await removeStaleTemporaries(project.directory)
  await requireFormat(request, recipe)
  const filesMap = request.files === undefined ? null : await readFilesMap(request.files)
  const pairs = startPairs(request, options)
  const finder = startFinding(mediaDirectory, filesMap)
  try {
    return await importRows(project, { ...request, mediaDirectory }, filesMap, finder, pairs, options)
  } finally {
    await pairs?.close()
    filesMap?.close()
    await finder.close()
  }
}

async function importRows(
  project: Project,
  request: ImportRequest,
  filesMap: FilesMap | null,
  finder: MediaFinder,
  pairs: PairsImport | null,
  { onProgress, signal }: ImportOptions,
): Promise<ImportReport> {
  const tally = new ImportTally(onProgress)
  const batch = startBatch(project, tally)
  const unlabelled = new UnlabelledImages()
  const begin = startRows(project, request, unlabelled.watch(finder, request), signal)
  const failures: unknown[] = []

  const take = (prepared: PreparedRow): void => {
    switch (prepared.kind) {
      case 'ready':
        tally.addRowProblems(prepared.row, prepared.faults)
        batch.add(prepared.ready)
        return tally.step()
      case 'link':
        tally.addRowProblems(prepared.row, prepared.faults)
        batch.add(prepared.link)
        return tally.step()
      case 'unchanged':
        tally.addRowProblems(prepared.row, prepared.faults)
        tally.addUnchanged()
        return tally.step()
      case 'bad':
        pairs?.refuse(prepared.row.id)
        tally.addRowProblems(prepared.row, [{ reason: prepared.reason }])
        return tally.step()
      case 'failed':
        failures.push(toProblem(prepared.error, prepared.row.id))
        return
      case 'cancelled':
        return
      default:
        prepared satisfies never
    }
  }

  const underWay: (PreparedRow | Promise<PreparedRow>)[] = []
  const takeNext = async () => {
    const next = underWay.shift()
    if (next) take(next instanceof Promise ? await next : next)
  }
  /** Takes the rows at the front of the queue that are already prepared. */
  const takeReady = () => {
    for (let next = underWay[0]; next !== undefined && !(next instanceof Promise); next = underWay[0]) {
      underWay.shift()
      take(next)
    }
  }
  const isStopped = () => signal?.aborted === true || failures.length > 0
  /** Returns a promise only if the caller must wait for a row's media. */
  const takeEntry = (entry: ImportEntry): Promise<void> | undefined => {
    if (entry.kind === 'total') tally.expect(entry.total)
    else if (entry.kind === 'problem') tally.addProblem(entry)
    else if (entry.kind === 'note') tally.addNote(entry)
    else {
      const row = cleanRow(entry, tally)
      const prepared = begin(row)
      if (underWay.length === 0 && !(prepared instanceof Promise)) take(prepared)
      else underWay.push(prepared)
    }
    tally.reportProgress()
    takeReady()
    return underWay.length >= maxRowsPerPage ? takeNext() : undefined
  }
  try {
    for await (const some of pairs?.readRows() ?? readRows(project.db, request, finder.find, signal)) {
      for (const entry of toEntries(some)) {
        if (isStopped()) break
        const wait = takeEntry(entry)
        if (wait) await wait
        if (batch.isDue()) await batch.flush()
      }
      if (isStopped()) break
    }
  } catch (error) {
    failures.push(error)
  }
  // Rows in progress are always stored, so that the project contains no file without an item.
  try {
    while (underWay.length > 0) {
      await takeNext()
      if (batch.isDue()) await batch.flush()
    }
    await batch.flush()
    await removeReplaced(project, batch.replaced)
    if (pairs && !isStopped()) await pairs.save(project.db, tally)
  } catch (error) {
    failures.push(error)
    await Promise.all(underWay)
  }
  tally.reportProgress(true)
  reportTaken(tally, request, finder)
  const [failure] = failures
  if (failure instanceof Problem && failure.code === 'bad-file' && tally.hasRows) tally.addFirst(stoppedBy(failure))
  else if (failures.length > 0) throw toProblem(failure, fileOf(request))
  if (!signal?.aborted && failures.length === 0) {
    reportUnused(tally, request, filesMap)
    const note = await unlabelled.note(request)
    if (note) tally.addNote(note)
  }
  if (!signal?.aborted && tally.isEmpty) throw badFile(fileOf(request), message('import.noItems'))
  return tally.report(signal?.aborted ?? false)
}
