import path from 'node:path'
import type { Pause } from '../../exportJob'
import type { MimicItFindings } from './mimicItChecks'
import type { Entry } from './mimicItText'
import type { DataSetEntry, Group } from './mimicItYaml'
import { countStripped, loadTokenLimit, tokenLimit } from './otterText'
import { message } from '../../../../../shared/messages/message'

/** The files of a training run by their paths, each read once. */
export interface GroupFiles {
  readonly yaml: string
  readonly instructions: ReadonlyMap<string, ReadonlyMap<string, Entry>>
  readonly train: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
  /** image ids; null where the file could not be read */
  readonly images: ReadonlyMap<string, readonly string[] | null>
}

interface Work {
  readonly findings: MimicItFindings
  readonly pause: Pause
}

/** The loader puts the data sets of a group into one pool: there ids are looked up, and batches are made of it. */
export async function checkGroup(
  group: Group,
  dataSets: readonly DataSetEntry[],
  files: GroupFiles,
  { findings, pause }: Work,
): Promise<void> {
  const instructionFiles = distinct(dataSets.map(({ mimicit }) => mimicit))
  const pool = new Map(instructionFiles.flatMap((file) => [...(files.instructions.get(file) ?? [])]))
  checkImages(group, dataSets, instructionFiles, files, findings)
  for (const file of instructionFiles) {
    const name = path.basename(file)
    const entries = files.instructions.get(file) ?? new Map<string, Entry>()
    let done = 0
    for (const [id, { related }] of entries) {
      checkRelations(id, related ?? [], pool, name, findings)
      await pause(++done, entries.size)
    }
    checkStripped(entries, name, findings)
  }
  await checkTraining(dataSets, files, pool, { findings, pause })
}

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
  const places = new Map<string, { file: string; count: number; used: boolean }>()
  for (const file of imageFiles) {
    for (const id of files.images.get(file) ?? []) {
      const place = places.get(id)
      if (place) place.count += 1
      else places.set(id, { file: path.basename(file), count: 1, used: false })
    }
  }
  for (const [id, { file, count }] of places)
    findings.expect(count === 1, 'image-twice', file, id, message('exportSet.mimicIt.imageIdRepeated', { count }))

  const allRead = imageFiles.every((file) => files.images.get(file) != null)
  const counts = new Map<number, string>()
  for (const file of instructionFiles) {
    const name = path.basename(file)
    for (const [id, { imageIds }] of files.instructions.get(file) ?? []) {
      if (!counts.has(imageIds.length)) counts.set(imageIds.length, id)
      const empty = group === 'VIDEO_TEXT' ? 'empty-video' : 'image-ids'
      findings.expect(imageIds.length > 0, empty, name, id, message('exportSet.mimicIt.groupNeedsImage', { group }))
      for (const imageId of imageIds) {
        const place = places.get(imageId)
        if (place) place.used = true
        if (allRead)
          findings.expect(place !== undefined, 'image-missing', name, id, message('exportSet.mimicIt.imageInNoFile', { imageId }))
      }
    }
  }
  const unused = [...places].filter(([, { used }]) => !used)
  const [first] = unused
  findings.expect(
    !first,
    'image-unused',
    first?.[1].file ?? '',
    first?.[0] ?? null,
    message('exportSet.mimicIt.unusedImages', { count: unused.length }),
  )
  const kinds = [...counts.keys()].toSorted((a, b) => a - b).join(', ')
  const equal = group === 'VIDEO_TEXT' || counts.size <= 1
  findings.expect(equal, 'image-counts', files.yaml, group, message('exportSet.mimicIt.imageCountsDiffer', { counts: kinds }))
}

function checkRelations(
  id: string,
  related: readonly string[],
  pool: ReadonlyMap<string, Entry>,
  file: string,
  findings: MimicItFindings,
): void {
  // A set has very many, and nearly all of them are right: no sentence is made for those.
  findings.passed(2 * related.length)
  for (const other of related) {
    if (other === id) findings.report('self-relation', file, id, message('exportSet.mimicIt.relatedToItself'))
    if (!pool.has(other)) findings.report('dangling-relation', file, id, message('exportSet.mimicIt.relatedInNoFile', { id: other }))
  }
}

function checkStripped(entries: ReadonlyMap<string, Entry>, file: string, findings: MimicItFindings): void {
  const kinds = new Set<string>()
  let count = 0
  let example: string | null = null
  for (const [id, { instruction, answer }] of entries) {
    const found = countStripped(instruction, kinds) + countStripped(answer, kinds)
    if (found > 0) example ??= id
    count += found
  }
  const shown = [...kinds].slice(0, 8).join(' ')
  findings.expect(
    count === 0,
    'stripped-characters',
    file,
    example,
    message('exportSet.mimicIt.loaderStripsCharacters', { count, examples: shown }),
  )
}

async function checkTraining(
  dataSets: readonly DataSetEntry[],
  files: GroupFiles,
  pool: ReadonlyMap<string, Entry>,
  { findings, pause }: Work,
): Promise<void> {
  const exceedsTokenLimit = await loadTokenLimit()
  const trained = new Set<string>()
  for (const dataSet of dataSets) {
    const name = path.basename(dataSet.train ?? dataSet.mimicit ?? files.yaml)
    const tooLong: string[] = []
    for (const [id, related] of trainedIds(dataSet, files, findings)) {
      const entry = pool.get(id)
      findings.expect(!trained.has(id), 'trained-once', name, id, message('exportSet.mimicIt.trainedTwice'))
      trained.add(id)
      if (!findings.expect(entry !== undefined, 'train-key', name, id, message('exportSet.mimicIt.instructionInNoFile')) || !entry) continue
      if (dataSet.train !== null) checkRelations(id, related, pool, name, findings)
      const turns = [...related.flatMap((other) => pool.get(other) ?? []), entry]
      if (exceedsTokenLimit(turns)) tooLong.push(id)
      await pause(trained.size, pool.size)
    }
    const tooMany = message('exportSet.mimicIt.tooManyTokens', { count: tooLong.length, tokenLimit })
    findings.expect(tooLong.length === 0, 'token-limit', name, tooLong[0] ?? null, tooMany)
  }
  const allRead = dataSets.every(({ train, namesTrain }) => train !== null || !namesTrain)
  const never = allRead ? [...pool.keys()].filter((id) => !trained.has(id)) : []
  findings.expect(
    never.length === 0,
    'never-trained',
    files.yaml,
    never[0] ?? null,
    message('exportSet.mimicIt.instructionsNotTrained', { count: never.length }),
  )
}

/** What the loader trains of a data set: its train file, or else all its instructions with their `rel_ins_ids`. */
function trainedIds(dataSet: DataSetEntry, files: GroupFiles, findings: MimicItFindings): Iterable<readonly [string, readonly string[]]> {
  if (dataSet.train !== null) return files.train.get(dataSet.train) ?? []
  if (dataSet.namesTrain || dataSet.mimicit === null) return []
  const name = path.basename(dataSet.mimicit)
  const entries = [...(files.instructions.get(dataSet.mimicit) ?? [])]
  for (const [id, { related }] of entries)
    findings.expect(related !== null, 'relations', name, id, message('exportSet.mimicIt.relatedIdsMissing'))
  return entries.map(([id, { related }]) => [id, related ?? []] as const)
}
