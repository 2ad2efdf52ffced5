import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { PromptText } from '../shared/domain'
import { Problem, toProblem } from '../shared/problem'
import { decodeUtf8 } from './exchange/import/readLines'
import { formatPromptFile, readPromptFile, type PromptFile } from './exchange/promptFile'
import { collectFileExemplars } from './generation/fileExemplars'
import type { Database } from './store/database'
import { currentPromptVersion, savePromptVersion } from './store/prompts'

/** Prompt files of Syphus between a disk and a project; the window and the command line both come here. */

/** @throws Problem not-found, read-only, bad-file where it is not text */
export async function openPromptFile(file: string, base: PromptText, options: { repair: boolean }): Promise<PromptFile> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw toProblem(error, basename(file))
  })
  const content = decodeUtf8(bytes)
  if (content === null) throw unusable(file, 'it is not UTF-8 text')
  return readPromptFile(content, base, options)
}

/**
 * Makes the message and the examples of a prompt file the project's current version; the context template and the form of replies stay.
 * With `repair` what is wrong with the file is put right; without, what can be used as it stands comes in, and the rest stays out.
 * @throws Problem not-found, bad-file where nothing of it can be used
 */
export async function importPromptFile(db: Database, file: string, options: { repair: boolean }): Promise<PromptFile> {
  const read = await openPromptFile(file, currentPromptVersion(db), options)
  if (!read.text) throw unusable(file, read.findings[0]?.message ?? 'it is not a prompt file')
  savePromptVersion(db, read.text, read.exemplars)
  return read
}

/** Writes the current version with its examples, and the pinned and most recent exemplars; whole or not at all. @returns how many examples */
export async function exportPromptFile(db: Database, file: string): Promise<number> {
  const exemplars = collectFileExemplars(db)
  const staging = `${file}.${process.pid}.tmp`
  try {
    await writeFile(staging, formatPromptFile(currentPromptVersion(db).systemMessage, exemplars), { flush: true })
    await rename(staging, file)
  } catch (error) {
    await rm(staging, { force: true })
    throw toProblem(error, basename(file))
  }
  return exemplars.length
}

const unusable = (file: string, reason: string) =>
  new Problem('bad-file', `${basename(file)} cannot be used as a prompt file: ${reason}`, 'Correct the file, or choose another one.', {
    item: basename(file),
  })
