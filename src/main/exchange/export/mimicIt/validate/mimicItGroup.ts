import path from 'node:path'
import type { Pause } from '../../exportJob'
import type { MimicItFindings } from './mimicItChecks'
import { createNumberLists } from '../../../../retrieval/numberLists'
import { type Ids, type Instructions, readTurns, type TrainFile } from './mimicItText'
import type { Names } from './names'
import type { DataSetEntry, Group } from './mimicItYaml'
import { exceedsTokenLimit, loadTokenCounter, tokenLimit } from './otterText'
import { message, type Message } from '../../../../../shared/messages/message'

/** The files of a training run by path, each read once. */
export interface GroupFiles {
  readonly yaml: string
  readonly ids: Ids
  readonly instructions: ReadonlyMap<string, Instructions>
  readonly train: ReadonlyMap<string, TrainFile>
  /** Image ids; null if the file could not be read. */
  readonly images: ReadonlyMap<string, readonly string[] | null>
}

interface Work {
  readonly findings: MimicItFindings
  readonly pause: Pause
}

/** Bytes of the turn of each id number, or -1 if the id is in no instruction file of the group. */
type Pool = Int32Array

/** Checks a group. The loader merges the data sets of a group into one pool, in which it looks up ids and from which it builds batches. */
export async function checkGroup(
  group: Group,
  dataSets: readonly DataSetEntry[],
  files: GroupFiles,
  { findings, pause }: Work,
): Promise<void> {
  const instructionFiles = distinct(dataSets.map(({ mimicit }) => mimicit))
  const pool = new Int32Array(files.ids.instructions.count()).fill(-1)
  for (const file of instructionFiles) {
    const { ids, bytes } = files.instructions.get(file) ?? noInstructions
    for (const [position, id] of ids.entries()) pool[id] = bytes[position] ?? 0
  }
  checkImages(group, dataSets, instructionFiles, files, findings)
  for (const file of instructionFiles) {
    const { ids, related } = files.instructions.get(file) ?? noInstructions
    for (const [position, id] of ids.entries()) {
      checkRelations(id, related.get(position), pool, { file, names: files.ids.instructions, findings })
      await pause(position + 1, ids.length)
    }
  }
  await checkTraining(dataSets, files, pool, { findings, pause })
}

const noInstructions: Instructions = { ids: [], hasRelated: [], bytes: [], related: createNumberLists(), images: createNumberLists() }

const distinct = (paths: readonly (string | null)[]): string[] => [...new Set(paths)].filter((each) => each !== null)

function checkImages(
  group: Group,
  dataSets: readonly DataSetEntry[],
  instructionFiles: readonly string[],
  files: GroupFiles,
  findings: MimicItFindings,
): void {
  if (group === 'TEXT_ONLY') return
  const imageFiles = distinct(dataSets.map(({ images }) => images))
  const names = files.ids.images
  const places = new Map<number, { file: string; count: number; used: boolean }>()
  for (const file of imageFiles) {
    for (const name of files.images.get(file) ?? []) {
      const id = names.numberOf(name)
      const place = places.get(id)
      if (place) place.count += 1
      else places.set(id, { file: path.basename(file), count: 1, used: false })
    }
  }
  for (const [id, { file, count }] of places)
    findings.expect(count === 1, 'image-twice', file, names.nameOf(id), message('exportSet.mimicIt.imageIdRepeated', { count }))

  const allRead = imageFiles.every((file) => files.images.get(file) != null)
  const counts = new Set<number>()
  for (const file of instructionFiles) {
    const name = path.basename(file)
    const { ids, images } = files.instructions.get(file) ?? noInstructions
    for (const [position, number] of ids.entries()) {
      const id = files.ids.instructions.nameOf(number)
      const imageIds = images.get(position)
      counts.add(imageIds.length)
      const empty = group === 'VIDEO_TEXT' ? 'empty-video' : 'image-ids'
      findings.expect(imageIds.length > 0, empty, name, id, message('exportSet.mimicIt.groupNeedsImage', { group }))
      for (const imageId of imageIds) {
        const place = places.get(imageId)
        if (place) place.used = true
        if (allRead)
          findings.expect(
            place !== undefined,
            'image-missing',
            name,
            id,
            message('exportSet.mimicIt.imageInNoFile', { imageId: names.nameOf(imageId) }),
          )
      }
    }
  }
  const unused = [...places].filter(([, { used }]) => !used)
  const [first] = unused
  findings.expect(
    !first,
    'image-unused',
    first?.[1].file ?? '',
    first ? names.nameOf(first[0]) : null,
    message('exportSet.mimicIt.unusedImages', { count: unused.length }),
  )
  const kinds = [...counts].toSorted((a, b) => a - b).join(', ')
  const equal = group === 'VIDEO_TEXT' || counts.size <= 1
  findings.expect(equal, 'image-counts', files.yaml, group, message('exportSet.mimicIt.imageCountsDiffer', { counts: kinds }))
}

function checkRelations(
  id: number,
  related: Uint32Array,
  pool: Pool,
  { file, names, findings }: { readonly file: string; readonly names: Names; readonly findings: MimicItFindings },
): void {
  // A set has very many relations, and nearly all of them are valid, so messages are created only for faults.
  findings.passed(2 * related.length)
  for (const other of related) {
    const fault = (check: 'self-relation' | 'dangling-relation', text: Message) =>
      findings.report(check, path.basename(file), names.nameOf(id), text)
    if (other === id) fault('self-relation', message('exportSet.mimicIt.relatedToItself'))
    if ((pool[other] ?? -1) < 0) fault('dangling-relation', message('exportSet.mimicIt.relatedInNoFile', { id: names.nameOf(other) }))
  }
}

async function checkTraining(dataSets: readonly DataSetEntry[], files: GroupFiles, pool: Pool, { findings, pause }: Work): Promise<void> {
  const names = files.ids.instructions
  const trained = new Uint8Array(pool.length)
  const chains = dataSets.map((dataSet) => ({ dataSet, ...trainedBy(dataSet, files, findings), long: [] as number[] }))
  for (const { dataSet, ids, related, long } of chains) {
    const file = nameOf(dataSet, files)
    for (const [position, id] of ids.entries()) {
      findings.expect(!trained[id], 'trained-once', file, names.nameOf(id), message('exportSet.mimicIt.trainedTwice'))
      trained[id] = 1
      const isKnown = (pool[id] ?? -1) >= 0
      if (!findings.expect(isKnown, 'train-key', file, names.nameOf(id), message('exportSet.mimicIt.instructionInNoFile'))) continue
      if (dataSet.train !== null) checkRelations(id, related.get(position), pool, { file, names, findings })
      if (exceedsTokenLimit(sizesOf(id, related.get(position), pool))) long.push(position)
      await pause(position, ids.length)
    }
  }
  // Tokens are counted only for texts that may exceed the limit by their number of bytes.
  const tokens = await countTokens(chains, dataSets, files, pool)
  for (const { dataSet, ids, related, long } of chains) {
    const tooLong = long.filter((position) => exceedsTokenLimit(sizesOf(ids[position] ?? 0, related.get(position), tokens)))
    const tooMany = message('exportSet.mimicIt.tooManyTokens', { count: tooLong.length, tokenLimit })
    const [first] = tooLong
    const example = first === undefined ? null : names.nameOf(ids[first] ?? 0)
    findings.expect(tooLong.length === 0, 'token-limit', nameOf(dataSet, files), example, tooMany)
  }
  const allRead = dataSets.every(({ train, namesTrain }) => train !== null || !namesTrain)
  let [never, first]: [number, number | null] = [0, null]
  for (const [id, bytes] of pool.entries())
    if (allRead && bytes >= 0 && !trained[id]) {
      never += 1
      first ??= id
    }
  const fault = message('exportSet.mimicIt.instructionsNotTrained', { count: never })
  findings.expect(never === 0, 'never-trained', files.yaml, first === null ? null : names.nameOf(first), fault)
}

const nameOf = ({ train, mimicit }: DataSetEntry, { yaml }: GroupFiles) => path.basename(train ?? mimicit ?? yaml)

/** Yields the sizes of the turns that a pair is trained with: the preceding turns that are in the pool, and its own. */
function* sizesOf(id: number, related: Uint32Array, pool: Pool): Generator<number> {
  for (const other of related) if ((pool[other] ?? -1) >= 0) yield pool[other] ?? 0
  yield pool[id] ?? 0
}

/** Returns, for each id number, the tokens of turns in long chains; -1 if the turn is not in the pool. */
async function countTokens(
  chains: readonly (TrainFile & { readonly long: readonly number[] })[],
  dataSets: readonly DataSetEntry[],
  { ids, instructions }: GroupFiles,
  pool: Pool,
): Promise<Pool> {
  const wanted = new Uint8Array(pool.length)
  for (const { ids: trained, related, long } of chains)
    for (const position of long) {
      wanted[trained[position] ?? 0] = 1
      for (const other of related.get(position)) wanted[other] = 1
    }
  const tokens = pool.map((bytes) => (bytes < 0 ? -1 : 0))
  if (!wanted.includes(1)) return tokens
  const count = await loadTokenCounter()
  for (const file of distinct(dataSets.map(({ mimicit }) => mimicit)))
    if (instructions.has(file))
      await readTurns(
        file,
        ids,
        (id) => wanted[id] === 1 && (tokens[id] ?? -1) >= 0,
        (id, turn) => (tokens[id] = count(turn)),
      )
  return tokens
}

/** Returns what the loader trains on in a data set: its train file, or otherwise all its instructions with their `rel_ins_ids`. */
function trainedBy(dataSet: DataSetEntry, files: GroupFiles, findings: MimicItFindings): TrainFile {
  if (dataSet.train !== null) return files.train.get(dataSet.train) ?? noInstructions
  if (dataSet.namesTrain || dataSet.mimicit === null) return noInstructions
  const name = path.basename(dataSet.mimicit)
  const instructions = files.instructions.get(dataSet.mimicit) ?? noInstructions
  for (const [position, id] of instructions.ids.entries()) {
    const fault = message('exportSet.mimicIt.relatedIdsMissing')
    findings.expect(instructions.hasRelated[position] ?? false, 'relations', name, files.ids.instructions.nameOf(id), fault)
  }
  return instructions
}
