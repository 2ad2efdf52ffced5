import { open } from 'node:fs/promises'
import path from 'node:path'
import { createNumberLists, type NumberLists } from '../../../../retrieval/numberLists'
import { isCleanText } from '../../../../../shared/text/cleanText'
import { toProblem } from '../../../../../shared/problem'
import { message } from '../../../../../shared/messages/message'
import { readJsonPieces } from '../../../import/json/readJsonStream'
import type { MimicItCheck, MimicItFindings } from './mimicItChecks'
import type { Names } from './names'
import { countBytes, countStripped, type Turn } from './otterText'

/** The ids of a training run, as numbers. */
export interface Ids {
  readonly instructions: Names
  readonly images: Names
  /** For each id number, the path of the first instruction file that contains it. */
  readonly owners: string[]
}

/** `X_train.json`: ids, and by position the ids of the pairs that precede each. */
export interface TrainFile {
  readonly ids: readonly number[]
  readonly related: NumberLists
}

/** `X_instructions.json`, entries in order; their texts are not kept in memory. */
export interface Instructions extends TrainFile {
  /** For each position, whether the entry has `rel_ins_ids`. */
  readonly hasRelated: readonly boolean[]
  readonly images: NumberLists
  /** UTF-8 bytes of each turn. */
  readonly bytes: readonly number[]
}

type Mapping = Readonly<Record<string, unknown>>
const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value)
const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every((each) => typeof each === 'string')

interface Reading {
  readonly ids: Ids
  readonly findings: MimicItFindings
}

/**
 * Reads the members of an object in a JSON file.
 * @returns false if the file could not be read, which is reported
 */
async function readMembers(
  file: string,
  check: MimicItCheck,
  findings: MimicItFindings,
  { opened = [], see }: { opened?: readonly string[]; see: (key: string | null, value: unknown, parent?: string) => void },
): Promise<boolean> {
  try {
    for await (const piece of readJsonPieces(file, undefined, ...opened))
      for (const { key, value, parent } of piece) see(key, value, parent)
    findings.passed(1)
    return true
  } catch (error) {
    const { text } = toProblem(error, path.basename(file))
    findings.expect(false, check, path.basename(file), null, message('exportSet.mimicIt.fileNotJson', { reason: text }))
    return false
  }
}

/** Reads any number of instructions. Entries that the loader could not use are reported and left out. */
export async function readInstructions(file: string, { ids, findings }: Reading): Promise<Instructions> {
  const name = path.basename(file)
  const read = { ids: [] as number[], hasRelated: [] as boolean[], bytes: [] as number[] }
  const lists = { related: createNumberLists(), images: createNumberLists() }
  const stripped = createStripped()
  let [hasData, meta]: [boolean, unknown] = [false, undefined]
  const isRead = await readMembers(file, 'instructions-file', findings, {
    opened: ['data'],
    see(key, value, parent) {
      if (key === 'meta' && parent === undefined) meta = value
      if (key === null || parent !== 'data') return
      hasData = true
      const entry = readEntry(name, key, value, findings)
      if (!entry) return
      const id = ids.instructions.numberOf(key)
      claim(id, file, { ids, findings })
      const position = read.ids.push(id) - 1
      read.hasRelated.push(entry.related !== null)
      read.bytes.push(countBytes(entry))
      lists.related.set(position, (entry.related ?? []).map(ids.instructions.numberOf))
      lists.images.set(position, entry.imageIds.map(ids.images.numberOf))
      stripped.add(key, entry)
    },
  })
  if (!isRead) return { ids: [], hasRelated: [], bytes: [], related: createNumberLists(), images: createNumberLists() }
  checkMeta(name, meta, findings)
  const some = read.ids.length > 0
  const none = hasData ? message('exportSet.mimicIt.noUsableInstruction') : message('exportSet.mimicIt.noData')
  findings.expect(some, 'instructions-file', name, null, none)
  stripped.report(name, findings)
  return { ...read, ...lists }
}

/** Checks that an id belongs to only one entry of one file. */
function claim(id: number, file: string, { ids, findings }: Reading): void {
  const owner = ids.owners[id]
  ids.owners[id] = owner ?? file
  const fault =
    owner === file
      ? message('exportSet.mimicIt.duplicateId')
      : message('exportSet.mimicIt.idInAnotherFile', { file: path.basename(owner ?? '') })
  findings.expect(owner === undefined, 'unique-ids', path.basename(file), ids.instructions.nameOf(id), fault)
}

interface Entry extends Turn {
  readonly imageIds: readonly string[]
  /** Related ids; null if the key is missing. */
  readonly related: readonly string[] | null
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

/** Reads the turns of some ids again. */
export async function readTurns(
  file: string,
  ids: Ids,
  isWanted: (id: number) => boolean,
  see: (id: number, turn: Turn) => void,
): Promise<void> {
  for await (const piece of readJsonPieces(file, undefined, 'data'))
    for (const { key, value, parent } of piece) {
      if (key === null || parent !== 'data' || !isMapping(value)) continue
      const { instruction, answer } = value
      const id = ids.instructions.numberOf(key)
      if (typeof instruction === 'string' && typeof answer === 'string' && isWanted(id)) see(id, { instruction, answer })
    }
}

/** Reads a train file of any length. */
export async function readTrainFile(file: string, { ids, findings }: Reading): Promise<TrainFile> {
  const name = path.basename(file)
  const read = { ids: [] as number[], related: createNumberLists() }
  const seen = new Set<number>()
  const isRead = await readMembers(file, 'train-file', findings, {
    see(key, related) {
      if (key === null || !findings.expect(isStrings(related), 'relations', name, key, message('exportSet.mimicIt.relatedIdsNotList')))
        return
      const id = ids.instructions.numberOf(key)
      if (seen.has(id)) return findings.report('unique-ids', name, key, message('exportSet.mimicIt.duplicateId'))
      seen.add(id)
      read.related.set(read.ids.push(id) - 1, (related as string[]).map(ids.instructions.numberOf))
    },
  })
  if (!isRead) return { ids: [], related: createNumberLists() }
  if (await isList(file)) findings.report('train-file', name, null, message('exportSet.mimicIt.fileNotObject'))
  return read
}

/** Returns whether a JSON file contains a list. */
async function isList(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024)
    return buffer.toString('latin1', 0, bytesRead).trimStart().startsWith('[')
  } finally {
    await handle.close()
  }
}

/** Counts the characters of a file that the loader removes. */
function createStripped() {
  const kinds = new Set<string>()
  let count = 0
  let example: string | null = null
  return {
    add(id: string, { instruction, answer }: Turn): void {
      const found = countStripped(instruction, kinds) + countStripped(answer, kinds)
      if (found > 0) example ??= id
      count += found
    },
    report(file: string, findings: MimicItFindings): void {
      const examples = [...kinds].slice(0, 8).join(' ')
      const fault = message('exportSet.mimicIt.loaderStripsCharacters', { count, examples })
      findings.expect(count === 0, 'stripped-characters', file, example, fault)
    },
  }
}

function checkMeta(file: string, meta: unknown, findings: MimicItFindings): void {
  const { version, time, author } = isMapping(meta) ? meta : {}
  const complete = [version, time, author].every((value) => typeof value === 'string' && value.trim() !== '')
  findings.expect(complete, 'meta', file, null, message('exportSet.mimicIt.metaIncomplete'))
  if (typeof time === 'string')
    findings.expect(/^\d{4}-\d{2}(-\d{2})?$/.test(time), 'meta', file, null, message('exportSet.mimicIt.metaTimeFormat'))
}
