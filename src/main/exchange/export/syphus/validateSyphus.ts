import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { message } from '../../../../shared/messages/message'
import { messageOf } from '../../../../shared/problem'
import { isCleanValue } from '../../../../shared/text/cleanText'
import { decodeUtf8 } from '../../import/text/readLines'
import { readPromptFile } from '../../promptFile/promptFile'
import { noPause, type Pause } from '../exportJob'
import { createFindings, type Findings, type ValidationResult } from '../files/findings'
import { promptFileEnd } from './syphus'

const levels = { 'data-file': 'error', json: 'error', text: 'error', turns: 'error', repeated: 'warning', counts: 'error' } as const
type Check = keyof typeof levels

const base = { systemMessage: '', contextTemplate: '', outputForm: 'pairs' } as const
const countSchema = z.object({ made_by: z.object({ pairs: z.number().int() }).optional() })

/**
 * Reads every `<name>_prompt.json` of the folder back in the same way as `exemplar prompt import`, and compares the number of its pairs.
 */
export async function validateSyphus(directory: string, pause: Pause = noPause): Promise<ValidationResult> {
  const findings = createFindings<Check>(levels)
  const files = (await readdir(directory)).filter((name) => name.endsWith(promptFileEnd)).toSorted()
  findings.expect(files.length > 0, 'data-file', `*${promptFileEnd}`, null, message('exportSet.syphus.noFile'))
  for (const [at, file] of files.entries()) {
    await pause(at, files.length)
    checkFile(file, await readFile(path.join(directory, file)), findings)
  }
  return findings.read()
}

function checkFile(file: string, bytes: Buffer, findings: Findings<Check>): void {
  const content = decodeUtf8(bytes)
  if (!findings.expect(content !== null, 'json', file, null, message('import.notUtf8Text')) || content === null) return
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (error) {
    return findings.report('json', file, null, message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
  }
  findings.expect(isCleanValue(value), 'text', file, null, message('exportSet.brokenText'))
  const read = readPromptFile(content, base)
  for (const { kind, at, message: fault } of read.findings)
    findings.report(
      kind === 'identical-exemplars' ? 'repeated' : 'turns',
      file,
      at === null ? null : `turn ${at}`,
      typeof fault === 'string' ? message('promptFile.noPair') : fault,
    )
  const pairs = read.exemplars.reduce((sum, exemplar) => sum + exemplar.pairs.length, 0)
  const counted = countSchema.safeParse(value).data?.made_by
  const isComplete = counted === undefined || counted.pairs === pairs
  findings.expect(isComplete, 'counts', file, null, message('exportSet.syphus.countsDiffer', { pairs, counted: counted?.pairs ?? 0 }))
}
