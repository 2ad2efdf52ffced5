import type { ImportRequest } from '../../../shared/contract'
import type { z } from 'zod'
import type { ImportFormat, RecipeId, trainingImportSchema } from '../../../shared/domain'
import { arePaired, canFit, hasPairs, isOnlyPairs, pairFormats } from '../../../shared/imports'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { getRecipe } from '../../recipes/registry'
import { listPairedIds } from '../../store/library/items'
import { readProject } from '../../store/project/project'
import type { WritableDb } from '../../store/sql/types'
import { readCsv } from './csv/csv'
import { readActivitynet } from './formats/activitynet'
import { readCoco } from './formats/coco/readCoco'
import { readEgo4d } from './formats/ego4d'
import { readFolder } from './formats/folder'
import { readKarpathy } from './formats/karpathy/readKarpathy'
import { readLabelme } from './formats/labelme/readLabelme'
import { readLabelStudio } from './formats/labelStudio/readLabelStudio'
import { readLlava } from './formats/llava/llava'
import { readMimicIt } from './formats/mimicIt/readMimicIt'
import { pairByLikeness } from './formats/pairs'
import { readScanrefer } from './formats/scanrefer'
import { readSpotTheDiff } from './formats/spotTheDiff'
import { readTvc } from './formats/tvc'
import { readVia } from './formats/via/readVia'
import { readVist } from './formats/vist'
import { readVoc } from './formats/voc/readVoc'
import { readYolo } from './formats/yolo/readYolo'
import { formatName, guessFile, isOtherTool, otherTools } from './guessFormat'
import { readJsonl } from './json/jsonl'
import type { ImportEntries, ReadImport } from './row/entry'
import type { FindMedia } from './row/importMedia'
import { readSubtitles } from './subtitles/subtitles'
import { badFile } from './text/readLines'

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
} as const satisfies Record<Exclude<ImportFormat, z.infer<typeof trainingImportSchema>>, ReadImport>

const listFormats = (recipe: RecipeId) => {
  const { formats: fitting } = getRecipe(recipe)
  return message('common.or', { list: fitting.slice(0, -1).join(', '), last: fitting.at(-1) ?? '' })
}

/**
 * Checks that the format can provide items for the recipe.
 * @throws Problem 'wrong-use' with a list of the fitting formats if it cannot
 */
export function requireFit({ format, files, pairs }: ImportRequest, recipe: RecipeId): void {
  // A row of pairs can have any number of media.
  if (pairs !== undefined && hasPairs(format)) return
  if (canFit(format, recipe, files !== undefined)) return
  const withMap = canFit(format, recipe, true) ? message('import.orUseFilesMap') : ''
  throw new Problem(
    'wrong-use',
    message('import.formatHasOneMedium', { recipe, format }),
    message('import.chooseFittingFormat', { formats: listFormats(recipe), alternative: withMap }),
  )
}

/**
 * Checks that the content of the files matches the format.
 * @throws Problem with the detected format if a file seems to be in another format
 */
export async function requireFormat({ format, file, captions, instances, pairs }: ImportRequest, recipe: RecipeId): Promise<void> {
  const takesPairs = pairs !== undefined || isOnlyPairs(format)
  if (takesPairs && !hasPairs(format))
    throw new Problem(
      'wrong-use',
      message('import.asPairs.formatWithout', { format }),
      message('import.asPairs.leaveOut', { formats: pairFormats.join(', ') }),
    )
  for (const each of [file, captions, instances]) {
    if (each === undefined || format === 'folder') continue
    const guess = await guessFile(each)
    if (guess === null || guess === format) continue
    // Formats of training software look alike, so the reader itself reports what it cannot read.
    if (takesPairs && !isOtherTool(guess) && hasPairs(guess)) continue
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

/** Reads the rows of an import request. */
export function readRows(db: WritableDb, request: ImportRequest, find: FindMedia, signal: AbortSignal | undefined): ImportEntries {
  const { format } = request
  if (isOnlyPairs(format)) throw new Error(`${format} has no rows but pairs`)
  const rows = formats[format](request)
  if (!arePaired(request.format, readProject(db).recipe)) return rows
  const paired = listPairedIds(db)
  return pairByLikeness(rows, find, (id) => paired.has(id), signal)
}
