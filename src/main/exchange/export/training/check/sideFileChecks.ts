import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { messageOf, Problem } from '../../../../../shared/problem'
import { message, type Message } from '../../../../../shared/messages/message'
import { readLines } from '../../../import/text/readLines'
import { provenanceFile, summaryFile } from '../sideFiles'

type Fail = (check: 'file' | 'ids', place: { readonly file: string; readonly row?: string }, fault: Message) => void

const summarySchema = z.object({ records: z.number() })
const lineSchema = z.object({ id: z.union([z.string(), z.number()]).catch('') })

/** Reports rows that were lost or added since the set was written, if its summary contains the row count. */
export async function checkCount(directory: string, rows: number, fail: Fail): Promise<void> {
  const text = await readFile(path.join(directory, summaryFile), 'utf8').catch(() => null)
  if (text === null) return
  const { records } = parseSummary(text) ?? {}
  if (records !== undefined && records !== rows)
    fail('file', { file: summaryFile }, message('training.check.otherRowCount', { count: rows, expected: records }))
}

function parseSummary(text: string) {
  try {
    return summarySchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Reports ids that occur twice in the side file, since each id must identify one row. */
export async function checkProvenance(directory: string, fail: Fail): Promise<void> {
  const ids = new Set<string>()
  try {
    for await (const { line, text } of readLines(path.join(directory, provenanceFile))) {
      const id = String(lineSchema.safeParse(JSON.parse(text ?? '')).data?.id)
      if (ids.has(id)) fail('ids', { file: provenanceFile, row: `line ${line}` }, message('training.check.idTwice', { id }))
      ids.add(id)
    }
  } catch (error) {
    // Sets written by other software have no such file.
    if (error instanceof Problem && error.code === 'not-found') return
    fail('file', { file: provenanceFile }, message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
  }
}
