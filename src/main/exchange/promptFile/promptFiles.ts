import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FileExemplar, PromptText } from '../../../shared/domain'
import { Problem, toProblem } from '../../../shared/problem'
import { message, type Text } from '../../../shared/messages/message'
import { decodeUtf8 } from '../import/text/readLines'
import { formatPromptFile, type PromptFile, readPromptFile } from './promptFile'
import type { ReadableDb, WritableDb } from '../../store/sql/types'
import { currentPromptVersion, listPromptExemplars, savePromptVersion } from '../../store/project/prompts'
import { getGenerationSettings } from '../../store/project/project'
import { groupByItem, noAnnotation } from '../../generation/prompt/buildPrompt'
import { toPromptExemplar } from '../../generation/prompt/preparePrompt'
import { compileTemplate } from '../../generation/prompt/renderContext'
import { selectExemplars, withoutPairsOf } from '../../generation/prompt/selectExemplars'

/** Id that belongs to no item, so that every approved pair can be chosen. */
const noItem = 0

/**
 * Returns the examples for a prompt file of the project: first the examples that came with an imported file, then the pinned and the most
 * recent approved pairs, up to the limit of the project's policy, with the annotation rendered by the current template. Examples of an
 * imported file are not written twice, so that exporting, importing and exporting again gives the same file.
 * @throws Problem 'bad-template'
 */
export function collectFileExemplars(db: ReadableDb): FileExemplar[] {
  const version = currentPromptVersion(db)
  const render = compileTemplate(version.contextTemplate)
  const imported = listPromptExemplars(db, version.id)
  const chosen = selectExemplars(db, { ...getGenerationSettings(db).exemplars, fill: 'recent' }, { itemId: noItem })
  const exemplars = withoutPairsOf(chosen, imported).map((candidate) => toPromptExemplar(db, candidate))
  const own = groupByItem(exemplars).map(([item, pairs]) => ({
    annotation: render(item),
    pairs: pairs.map(({ instruction, response, kind = null, conversation = null, turn = null, rationale = null }) => {
      return { instruction, response, kind, conversation, turn, rationale }
    }),
  }))
  const examples = [...imported, ...own].map(({ annotation, pairs }) => ({
    annotation: annotation.trim() ? annotation : noAnnotation,
    pairs,
  }))
  return [...new Map(examples.map((example) => [JSON.stringify([example.annotation.trim(), example.pairs]), example])).values()]
}

/** Reads and writes prompt files of Syphus; used by the window and the command line. */

/**
 * Reads a prompt file from the disk.
 * @throws Problem 'not-found', 'read-only', 'wrong-use' if it is a folder, 'bad-file' if it is not text
 */
export async function openPromptFile(file: string, base: PromptText, options: { repair: boolean }): Promise<PromptFile> {
  await refuseFolder(file)
  const bytes = await readFile(file).catch((error: unknown) => {
    throw toProblem(error, basename(file))
  })
  if (isWide(bytes)) throw unusable(file, message('import.encoding.utf16'), message('import.saveAsUtf8'))
  const content = decodeUtf8(bytes)
  if (content === null) throw unusable(file, message('import.notUtf8Text'), message('import.saveAsUtf8'))
  return readPromptFile(content, base, options)
}

/**
 * Saves the message and the examples of a prompt file as the project's current version; the context template and the output form are kept.
 * With `repair`, problems in the file are corrected; without it, only the parts that are usable unchanged are imported.
 * @throws Problem 'not-found', 'bad-file' if nothing in it can be used
 */
export async function importPromptFile(db: WritableDb, file: string, options: { repair: boolean }): Promise<PromptFile> {
  const read = await openPromptFile(file, currentPromptVersion(db), options)
  if (!read.text) throw unusable(file, read.findings[0] ? read.findings[0].message : message('promptFile.notPromptFile'))
  savePromptVersion(db, read.text, read.exemplars)
  return read
}

/**
 * Writes the current version with its examples, and the pinned and most recent exemplars, atomically.
 * @returns the number of examples
 * @throws Problem 'wrong-use' without a system message or if the path is a folder, 'not-found', 'read-only', 'disk-full'
 */
export async function exportPromptFile(db: ReadableDb, file: string): Promise<number> {
  await refuseFolder(file)
  const { systemMessage } = currentPromptVersion(db)
  if (systemMessage.trim() === '')
    throw new Problem('wrong-use', message('promptFile.promptWithoutSystemMessage'), message('promptFile.writeSystemMessage'))
  const exemplars = collectFileExemplars(db)
  const staging = `${file}.${randomUUID()}.tmp`
  try {
    await writeFile(staging, formatPromptFile(systemMessage, exemplars), { flush: true, flag: 'wx' })
    await rename(staging, file)
  } catch (error) {
    await rm(staging, { force: true })
    throw toProblem(error, basename(file))
  }
  return exemplars.length
}

async function refuseFolder(file: string): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (!found?.isDirectory()) return
  const name = basename(file)
  throw new Problem('wrong-use', message('promptFile.folderNotFile', { name }), message('promptFile.nameFileInFolder'), { item: name })
}

/** Detects UTF-16 and UTF-32 by the byte order mark, or by the zero bytes around the first character of the JSON. */
const isWide = (bytes: Buffer) => [0xfffe, 0xfeff].includes(bytes.length < 2 ? 0 : bytes.readUInt16BE()) || bytes.subarray(0, 4).includes(0)

const unusable = (file: string, reason: Text, remedy = message('promptFile.correctOrChoose')) =>
  new Problem('bad-file', message('promptFile.unusable', { file: basename(file), reason }), remedy, { item: basename(file) })
