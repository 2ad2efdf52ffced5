import { realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { cleanValue } from '../../../shared/text/cleanText'
import type { ImportRequest } from '../../../shared/contract'
import type { ImportFormat, ImportReport, RecipeId } from '../../../shared/domain'
import { arePaired, canFit } from '../../../shared/importFit'
import { Problem, toProblem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { isEmbedded } from '../../media/embeddedMedia'
import { removeStaleTemporaries } from '../../media/storeMedia'
import { getRecipe } from '../../recipes/registry'
import type { WritableDb } from '../../store/sql/types'
import { findItemId, getItem, listPairedIds } from '../../store/library/items'
import { countItems } from '../../store/library/itemList'
import { readProject } from '../../store/project/project'
import { readActivitynet } from './formats/activitynet'
import { readCoco } from './formats/coco'
import { readEgo4d } from './formats/ego4d'
import { readLlava } from './formats/llava/llava'
import { pairByLikeness } from './formats/pairs'
import { readScanrefer } from './formats/scanrefer'
import { readSpotTheDiff } from './formats/spotTheDiff'
import { readSubtitles } from './subtitles/subtitles'
import { readTvc } from './formats/tvc'
import { readVist } from './formats/vist'
import { readCsv } from './csv/csv'
import { idFault, type ImportEntry, type ImportProblem, type ImportRow, type ReadImport, toEntries } from './row/entry'
import { type FilesMap, readFilesMap } from './filesMap'
import { readFolder } from './formats/folder'
import { formatName, guessFile } from './guessFormat'
import { IdTable } from './row/idTable'
import { readJsonl } from './json/jsonl'
import { readKarpathy } from './formats/karpathy/readKarpathy'
import { readLabelme } from './formats/labelme/readLabelme'
import { readLabelStudio } from './formats/labelStudio/readLabelStudio'
import { readMimicIt } from './formats/mimicIt/readMimicIt'
import { readVia } from './formats/via/readVia'
import { readVoc } from './formats/voc/readVoc'
import { readYolo } from './formats/yolo/readYolo'
import { isOtherTool, otherTools } from './otherTools'
import { badFile } from './text/readLines'
import { longestMediumName, shorten } from './text/shorten'
import { type FindMedia, type MediaFinder, startFinding } from './row/importMedia'
import { type PreparedRow, prepareRow, readyRow } from './row/importRow'
import { countMedia, removeReplaced, type RowToSave, saveRows, startStaging } from './importStage'
import { type ImportProgress, ImportTally } from './importTally'
import { limitYoungGeneration } from '../limitYoungGeneration'

export interface ImportOptions {
  /** at most 10 times a second, and once at the end */
  readonly onProgress?: (progress: ImportProgress) => void
  /** stops the import; what is stored stays */
  readonly signal?: AbortSignal
}

/** A row whose texts every reader of the project and of its exports takes; what was changed for that is told. */
function cleanRow(row: ImportRow, tally: ImportTally): ImportRow {
  const context = cleanValue(row.context)
  if (context === row.context) return row
  const reason = message('import.textsCleaned')
  tally.addNote({ file: row.file, line: row.line, item: row.id, reason })
  return { ...row, context }
}

interface Project {
  readonly db: WritableDb
  readonly directory: string
}

const formats = {
  folder: readFolder,
  jsonl: readJsonl,
  csv: readCsv,
  coco: readCoco,
  llava: readLlava,
  'spot-the-diff': readSpotTheDiff,
  vist: readVist,
  activitynet: readActivitynet,
  tvc: readTvc,
  scanrefer: readScanrefer,
  ego4d: readEgo4d,
  vtt: readSubtitles,
  labelme: readLabelme,
  via: readVia,
  voc: readVoc,
  yolo: readYolo,
  'label-studio': readLabelStudio,
  karpathy: readKarpathy,
  'mimic-it': readMimicIt,
} as const satisfies Record<ImportFormat, ReadImport>

/** A transaction costs a write to the disk; many rows in one make an import of annotations alone several times as fast. */
export const batchRows = 1500
const batchMedia = 100
const batchMs = { withMedia: 200, without: 1000 } as const
/** Rows whose media are copied and decoded at the same time: as many as Node has threads for it. */
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

/** Gathers rows, and stores them when there are many, when they have many media, or when the first has waited long enough. */
function startBatch(project: Project, tally: ImportTally) {
  let rows: RowToSave[] = []
  const replaced: number[] = []
  let media = 0
  let since = 0
  const flush = async () => {
    const taken = rows
    rows = []
    media = 0
    for (const saved of await saveRows(project, taken)) {
      tally.addSaved(saved)
      replaced.push(...(saved.replaced ?? []))
    }
  }
  const add = (row: RowToSave) => {
    if (rows.length === 0) since = Date.now()
    rows.push(row)
    media += countMedia(row)
  }
  const isDue = () =>
    rows.length > 0 &&
    (rows.length >= batchRows || media >= batchMedia || Date.now() - since >= (media > 0 ? batchMs.withMedia : batchMs.without))
  return { add, flush, isDue, replaced }
}

/** Begins to prepare rows, each against the project's item of the same id; the second row of an id is bad. */
function startRows(
  project: Project,
  { format, update = false }: ImportRequest,
  { find, missingAll, count }: MediaFinder,
  signal: AbortSignal | undefined,
): (row: ImportRow) => PreparedRow | Promise<PreparedRow> {
  const lines = new IdTable()
  const { recipe } = readProject(project.db)
  const place = { directory: project.directory, find, staging: startStaging(project.directory, recipe, signal), signal, update }
  const isOfPairs = getRecipe(recipe).media === 'pair' && !arePaired(format, recipe)
  const wasEmpty = countItems(project.db, { state: 'all' }) === 0
  return (row) => {
    const fault = idFault(row.id)
    if (fault !== null) return { kind: 'bad', row, reason: fault }
    const tooLong = row.mediaNames.find((name) => name.length > longestMediumName && !isEmbedded(name))
    if (tooLong !== undefined)
      return {
        kind: 'bad',
        row,
        reason: message('common.aboutItem', { item: shorten(tooLong), reason: message('mediaFile.fileNameTooLong') }),
      }
    const earlier = lines.add(row.id, row.line ?? 0)
    if (earlier !== undefined)
      return {
        kind: 'bad',
        row,
        reason: earlier === 0 ? message('import.duplicateId') : message('import.duplicateIdInLine', { line: earlier }),
      }
    const media = isOfPairs ? count(row) : 2
    if (media !== 2) return { kind: 'bad', row, reason: message('import.rowNeedsTwoImages', { recipe, count: media }) }
    const id = wasEmpty ? undefined : findItemId(project.db, row.id)
    const existing = id === undefined ? undefined : getItem(project.db, id)
    const missing = existing ? null : missingAll(row)
    if (missing)
      return readyRow(
        row,
        missing.map((name) => ({ missing: name })),
      )
    return prepareRow(row, existing, place)
  }
}

const listFormats = (recipe: RecipeId) => {
  const { formats: fitting } = getRecipe(recipe)
  return message('common.or', { list: fitting.slice(0, -1).join(', '), last: fitting.at(-1) ?? '' })
}

/** Throws a Problem that names the formats which fit, where no item of this one could be right for the recipe. */
function requireFit({ format, files }: ImportRequest, recipe: RecipeId): void {
  if (canFit(format, recipe, files !== undefined)) return
  const withMap = canFit(format, recipe, true) ? message('import.orUseFilesMap') : ''
  throw new Problem(
    'wrong-use',
    message('import.formatHasOneMedium', { recipe, format }),
    message('import.chooseFittingFormat', { formats: listFormats(recipe), alternative: withMap }),
  )
}

/** Throws a Problem that says what the file looks like, where that is another format. */
async function requireFormat({ format, file, captions, instances }: ImportRequest, recipe: RecipeId): Promise<void> {
  for (const each of [file, captions, instances]) {
    if (each === undefined || format === 'folder') continue
    const guess = await guessFile(each)
    if (guess === null || guess === format) continue
    if (isOtherTool(guess))
      throw badFile(
        each,
        message('import.looksLike', { found: otherTools[guess].name, expected: formatName[format] }),
        otherTools[guess].remedy,
      )
    const remedy = canFit(guess, recipe)
      ? message('import.chooseFormat', { format: guess })
      : message('import.chooseFileForRecipe', { recipe, formats: listFormats(recipe) })
    throw badFile(each, message('import.looksLike', { found: formatName[guess], expected: formatName[format] }), remedy)
  }
}

/** A key that is written wrongly would otherwise go unseen. */
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

/** Names that were taken for those of files which are not quite called so. */
function reportTaken(tally: ImportTally, request: ImportRequest, finder: MediaFinder): void {
  for (const reason of finder.notes()) tally.addNote({ file: fileOf(request), line: null, item: null, reason })
}

/** A file that cannot be read further, told beside what its rows came to. */
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

/** The rows of a request. */
function readRows(project: Project, request: ImportRequest, find: FindMedia, signal: AbortSignal | undefined) {
  const rows = formats[request.format](request)
  if (!arePaired(request.format, readProject(project.db).recipe)) return rows
  const paired = listPairedIds(project.db)
  return pairByLikeness(rows, find, (id) => paired.has(id), signal)
}

/**
 * Brings a file of items, or a folder of images, into a project. Media are copied by the hash of their content; a row that
 * cannot be used is reported with file, line and reason, the others are kept; what is there already stays as it is (unless
 * `update` is asked for), so that the same import adds nothing the second time. Rows are stored in transactions of a hundred media, or of some thousand rows without.
 *
 * A file that cannot be read to its end is a problem of the report where rows of it were taken.
 *
 * Throws a Problem where the file as a whole is of no use, or where the project cannot be written (what is stored by then stays).
 */
export async function importFiles(project: Project, request: ImportRequest, options: ImportOptions = {}): Promise<ImportReport> {
  limitYoungGeneration()
  const { recipe } = readProject(project.db)
  requireFit(request, recipe)
  const mediaDirectory = await requireFolder(request.mediaDirectory)
  await removeStaleTemporaries(project.directory)
  await requireFormat(request, recipe)
  const filesMap = request.files === undefined ? null : await readFilesMap(request.files)
  const finder = startFinding(mediaDirectory, filesMap)
  try {
    return await importRows(project, { ...request, mediaDirectory }, filesMap, finder, options)
  } finally {
    filesMap?.close()
    await finder.close()
  }
}

async function importRows(
  project: Project,
  request: ImportRequest,
  filesMap: FilesMap | null,
  finder: MediaFinder,
  { onProgress, signal }: ImportOptions,
): Promise<ImportReport> {
  const tally = new ImportTally(onProgress)
  const batch = startBatch(project, tally)
  const begin = startRows(project, request, finder, signal)
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
  /** Those at the front that nothing is awaited for. */
  const takeReady = () => {
    for (let next = underWay[0]; next !== undefined && !(next instanceof Promise); next = underWay[0]) {
      underWay.shift()
      take(next)
    }
  }
  const isStopped = () => signal?.aborted === true || failures.length > 0
  /** Waits only where a row's media are looked at, or where a batch is stored. */
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
    tally.tell()
    takeReady()
    return underWay.length >= maxRowsPerPage ? takeNext() : undefined
  }
  try {
    for await (const some of readRows(project, request, finder.find, signal)) {
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
  // What was begun is stored in any case, so that no file lies in the project without an item.
  try {
    while (underWay.length > 0) {
      await takeNext()
      if (batch.isDue()) await batch.flush()
    }
    await batch.flush()
    await removeReplaced(project, batch.replaced)
  } catch (error) {
    failures.push(error)
    await Promise.all(underWay)
  }
  tally.tell(true)
  reportTaken(tally, request, finder)
  const [failure] = failures
  if (failure instanceof Problem && failure.code === 'bad-file' && tally.hasRows) tally.addFirst(stoppedBy(failure))
  else if (failures.length > 0) throw toProblem(failure, fileOf(request))
  if (!signal?.aborted && failures.length === 0) reportUnused(tally, request, filesMap)
  if (!signal?.aborted && tally.isEmpty) throw badFile(fileOf(request), message('import.noItems'))
  return tally.report(signal?.aborted ?? false)
}
