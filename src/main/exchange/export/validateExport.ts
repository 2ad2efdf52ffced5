import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { anyFormatSchema, splitSchema, type AnyFormat, type ExportReport, type Split } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { createPause } from './exportJob'
import { trainingFormats } from './training/trainingFormats'
import { validateJsonl } from './jsonl/validateJsonl'
import { validateMimicIt } from './mimicIt/validate/validateMimicIt'
import { promptFileEnd } from './syphus/syphus'
import { validateSyphus } from './syphus/validateSyphus'
import { summaryFile } from './training/sideFiles'

const summarySchema = z.object({ format: anyFormatSchema })

/**
 * Reads the files of an export back, regardless of which software wrote them.
 * @param format null to detect the format from the folder
 * @throws Problem 'wrong-use' if the format cannot be detected, 'not-found' if there is no folder
 */
export async function validateExport(
  directory: string,
  format: AnyFormat | null,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: { done: number }) => void } = {},
): Promise<ExportReport['validation'] & { readonly format: AnyFormat }> {
  const names = await readdir(directory).catch(() => null)
  if (names === null)
    throw new Problem('not-found', message('training.noFolder', { directory }), message('training.checkFolder'), { item: directory })
  const folders = await findSplitFolders(directory, names)
  const given = format ?? (await findFormat(directory, folders.length > 0 ? (folders[0]?.names ?? []) : names))
  const pause = createPause(options.signal, options.onProgress)
  switch (given) {
    case 'mimic-it':
      return { ...(await validateSplits(directory, folders, (folder) => validateMimicIt(folder, { pause }))), format: given }
    case 'jsonl':
      return { ...(await validateSplits(directory, folders, (folder) => validateJsonl(folder, pause))), format: given }
    case 'syphus':
      return { ...(await validateSplits(directory, folders, (folder) => validateSyphus(folder, pause))), format: given }
    default:
      return { ...(await trainingFormats[given].validate(directory, pause)), format: given }
  }
}

const setFileEnds = ['_instructions.json', '.meta.json', promptFileEnd]
const isSetFile = (name: string) => setFileEnds.some((end) => name.endsWith(end))

/** Returns the split folders of a set in one of our own formats; empty if the folder itself contains the set. */
async function findSplitFolders(directory: string, names: readonly string[]): Promise<{ split: Split; names: string[] }[]> {
  if (names.some(isSetFile)) return []
  const folders = await Promise.all(
    splitSchema.options.map(async (split) => ({ split, names: await readdir(path.join(directory, split)).catch(() => []) })),
  )
  return folders.filter((folder) => folder.names.some(isSetFile))
}

async function validateSplits(
  directory: string,
  folders: readonly { readonly split: Split }[],
  validate: (directory: string) => Promise<ExportReport['validation']>,
): Promise<ExportReport['validation']> {
  if (folders.length === 0) return validate(directory)
  const found: ExportReport['validation'] = { checks: 0, issues: [] }
  for (const { split } of folders) {
    const { checks, issues } = await validate(path.join(directory, split))
    found.checks += checks
    found.issues.push(...issues.map((issue) => ({ ...issue, file: `${split}/${issue.file}` })))
  }
  return found
}

async function findFormat(directory: string, names: readonly string[]): Promise<AnyFormat> {
  try {
    return summarySchema.parse(JSON.parse(await readFile(path.join(directory, summaryFile), 'utf8'))).format
  } catch {
    if (names.some((name) => name.endsWith('_instructions.json'))) return 'mimic-it'
    if (names.some((name) => name.endsWith('.meta.json'))) return 'jsonl'
    if (names.some((name) => name.endsWith(promptFileEnd))) return 'syphus'
    throw new Problem(
      'wrong-use',
      message('training.formatUnknown', { directory }),
      message('training.nameFormat', { formats: anyFormatSchema.options.join(', ') }),
      {
        item: directory,
      },
    )
  }
}
