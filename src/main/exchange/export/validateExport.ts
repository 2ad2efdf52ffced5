import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { anyFormatSchema, type AnyFormat, type ExportReport } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { createPause } from './exportJob'
import { trainingFormats } from './trainingFormats'
import { validateJsonl } from './jsonl/validateJsonl'
import { validateMimicIt } from './mimicIt/validate/validateMimicIt'
import { summaryFile } from './training/sideFiles'

const summarySchema = z.object({ format: anyFormatSchema })

/**
 * Reads the files of an export back, whoever wrote them.
 * @param format null = as the folder says
 * @throws Problem wrong-use where the folder does not say, not-found where there is none
 */
export async function validateExport(
  directory: string,
  format: AnyFormat | null,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: { done: number }) => void } = {},
): Promise<ExportReport['validation'] & { readonly format: AnyFormat }> {
  const names = await readdir(directory).catch(() => null)
  if (names === null)
    throw new Problem('not-found', message('training.noFolder', { directory }), message('training.checkFolder'), { item: directory })
  const given = format ?? (await findFormat(directory, names))
  const pause = createPause(options.signal, options.onProgress)
  switch (given) {
    case 'mimic-it':
      return { ...(await validateMimicIt(directory, { pause })), format: given }
    case 'jsonl':
      return { ...(await validateJsonl(directory, pause)), format: given }
    default:
      return { ...(await trainingFormats[given].validate(directory, pause)), format: given }
  }
}

async function findFormat(directory: string, names: readonly string[]): Promise<AnyFormat> {
  try {
    return summarySchema.parse(JSON.parse(await readFile(path.join(directory, summaryFile), 'utf8'))).format
  } catch {
    if (names.some((name) => name.endsWith('_instructions.json'))) return 'mimic-it'
    if (names.some((name) => name.endsWith('.meta.json'))) return 'jsonl'
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
