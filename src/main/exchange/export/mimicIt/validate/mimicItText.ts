import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { isCleanText } from '../../../../../shared/text/cleanText'
import { messageOf } from '../../../../../shared/problem'
import { message } from '../../../../../shared/messages/message'
import type { MimicItCheck, MimicItFindings } from './mimicItChecks'
import { findRepeatedKeys } from '../../../repeatedKeys'

export interface Entry {
  readonly instruction: string
  readonly answer: string
  readonly imageIds: readonly string[]
  /** null where the key is missing */
  readonly related: readonly string[] | null
}

type Mapping = Readonly<Record<string, unknown>>
const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value)
const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every((each) => typeof each === 'string')

/** `X_instructions.json`: id → entry. Entries that the loader could not use are reported and left out. */
export async function readInstructions(file: string, findings: MimicItFindings): Promise<ReadonlyMap<string, Entry>> {
  const name = path.basename(file)
  const text = await readJson(file, 'instructions-file', findings)
  const content = text?.content
  if (!text || !isMapping(content) || !isMapping(content.data)) {
    if (text) findings.report('instructions-file', name, null, message('exportSet.mimicIt.noData'))
    return new Map()
  }
  checkMeta(name, content.meta, findings)
  reportRepeated(text.text, 1, name, findings)
  const entries = new Map<string, Entry>()
  for (const [id, value] of Object.entries(content.data)) {
    const entry = readEntry(name, id, value, findings)
    if (entry) entries.set(id, entry)
  }
  findings.expect(entries.size > 0, 'instructions-file', name, null, message('exportSet.mimicIt.noUsableInstruction'))
  return entries
}

function readEntry(file: string, id: string, value: unknown, findings: MimicItFindings): Entry | undefined {
  if (!findings.expect(isMapping(value), 'entry', file, id, message('exportSet.mimicIt.entryNotObject')) || !isMapping(value))
    return undefined
  const { instruction, answer } = value
  const imageIds = value.image_ids ?? []
  const related = value.rel_ins_ids ?? null
  const hasText =
    findings.expect(typeof instruction === 'string', 'entry', file, id, message('exportSet.mimicIt.instructionMissing')) &&
    findings.expect(typeof answer === 'string', 'entry', file, id, message('exportSet.mimicIt.answerMissing'))
  const goodImages = findings.expect(isStrings(imageIds), 'image-ids', file, id, message('exportSet.mimicIt.imageIdsNotList'))
  const goodRelations = findings.expect(
    related === null || isStrings(related),
    'relations',
    file,
    id,
    message('exportSet.mimicIt.relInsIdsNotList'),
  )
  if (!hasText || typeof instruction !== 'string' || typeof answer !== 'string') return undefined
  findings.expect(instruction.trim() !== '' && answer.trim() !== '', 'text', file, id, message('exportSet.mimicIt.emptyText'))
  findings.expect(isCleanText(instruction) && isCleanText(answer), 'text', file, id, message('exportSet.brokenText'))
  return {
    instruction,
    answer,
    imageIds: goodImages && isStrings(imageIds) ? imageIds : [],
    related: goodRelations && isStrings(related) ? related : null,
  }
}

/** `X_train.json`: id → ids of the pairs that stand before it. */
export async function readTrainFile(file: string, findings: MimicItFindings): Promise<ReadonlyMap<string, readonly string[]>> {
  const name = path.basename(file)
  const read = await readJson(file, 'train-file', findings)
  if (!read) return new Map()
  if (!isMapping(read.content)) {
    findings.report('train-file', name, null, message('exportSet.mimicIt.fileNotObject'))
    return new Map()
  }
  reportRepeated(read.text, 0, name, findings)
  const train = new Map<string, readonly string[]>()
  for (const [id, related] of Object.entries(read.content))
    if (findings.expect(isStrings(related), 'relations', name, id, message('exportSet.mimicIt.relatedIdsNotList')) && isStrings(related))
      train.set(id, related)
  return train
}

async function readJson(
  file: string,
  check: MimicItCheck,
  findings: MimicItFindings,
): Promise<{ text: string; content: unknown } | undefined> {
  try {
    const text = await readFile(file, 'utf8')
    const content: unknown = JSON.parse(text)
    findings.passed(1)
    return { text, content }
  } catch (error) {
    findings.expect(false, check, path.basename(file), null, message('exportSet.mimicIt.fileNotJson', { reason: messageOf(error) }))
    return undefined
  }
}

function reportRepeated(text: string, depth: number, file: string, findings: MimicItFindings): void {
  for (const id of findRepeatedKeys(text, depth)) findings.report('unique-ids', file, id, message('exportSet.mimicIt.duplicateId'))
}

function checkMeta(file: string, meta: unknown, findings: MimicItFindings): void {
  const { version, time, author } = isMapping(meta) ? meta : {}
  const complete = [version, time, author].every((value) => typeof value === 'string' && value.trim() !== '')
  findings.expect(complete, 'meta', file, null, message('exportSet.mimicIt.metaIncomplete'))
  if (typeof time === 'string')
    findings.expect(/^\d{4}-\d{2}(-\d{2})?$/.test(time), 'meta', file, null, message('exportSet.mimicIt.metaTimeFormat'))
}
