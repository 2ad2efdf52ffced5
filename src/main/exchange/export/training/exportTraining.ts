import path from 'node:path'
import { mkdir, readFile, stat } from 'node:fs/promises'
import {
  kindsOfFormat,
  type ExportReport,
  type Tallied,
  type TrainingChoices,
  type TrainingKind,
  type TrainingReport,
} from '../../../../shared/domain'
import type { Snapshot } from '../../../../shared/snapshot'
import { Problem } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import { toEnglish } from '../../../../shared/messages/translate'
import { limitYoungGeneration } from '../../limitYoungGeneration'
import type { ProjectFacts } from '../card/projectFacts'
import { createPause } from '../exportJob'
import { stageFiles } from '../files/atomicDirectory'
import { oneLine } from '../jsonl/line'
import { findLeftOver } from '../files/atomicDirectory'
import { safeFileName } from '../mimicIt/identifiers'
import { generator } from '../exportJob'
import { openTextFile, writeTextFile } from '../files/atomicDirectory'
import { createPieceRenderer } from './boxes'
import { loadEditFilter } from './editFilter'
import { createRecordBuilder } from './buildRecords'
import { writeHandOff } from './handOff'
import { createSetFacts } from './setFacts'
import { provenanceFile, summaryFile } from './sideFiles'
import type { Conversation, TrainingFormat, TrainingRecord } from './records'
import { createTally } from './tally'
import { createMediaWriter } from './trainingMedia'

export interface TrainingOptions extends Omit<TrainingChoices, 'system' | 'rawReplies' | 'itemDrafts'> {
  /** Snapshot that the conversations come from; null if they come from the current state of the project. */
  readonly snapshot?: Pick<Snapshot, 'name' | 'contentHash'> | null
  /** Project facts for the card of the set. */
  readonly project?: ProjectFacts | null
  /** Card that the lead saved, whose own lines are kept; null uses the card that is already in the folder. */
  readonly card?: string | null
  /** When it is aborted, the export throws its reason and leaves no files behind. */
  readonly signal?: AbortSignal
  /** `done` is the number of pairs read, or the number of rows while the files are read back. */
  readonly onProgress?: (progress: { readonly done: number; readonly step?: 'check' }) => void
}

/**
 * Writes conversations as rows of a training format into `directory`, reads them back with the format's validator, and only then replaces
 * older files. Memory use stays constant: only a few conversations are held at a time.
 * @throws Problem 'wrong-use' if there is nothing to write, 'disk-full' or 'read-only' with the file; the folder is then unchanged.
 */
export async function exportTraining(
  conversations: AsyncIterable<Conversation> | Iterable<Conversation>,
  target: { readonly format: TrainingFormat; readonly directory: string; readonly name: string },
  options: TrainingOptions = {},
): Promise<TrainingReport> {
  limitYoungGeneration()
  const { format } = target
  const kind = options.kind ?? 'sft'
  const directory = path.resolve(target.directory)
  requireKind(format, kind)
  return stageFiles(directory, async (staging) => {
    const written = await writeRecords(conversations, { ...target, directory, kind, staging }, options)
    const pause = createPause(options.signal, ({ done }) => options.onProgress?.({ done, step: 'check' }))
    const validation = await format.validate(staging, pause)
    refuseErrors(validation)
    const { files, ...counted } = written
    const value: TrainingReport = {
      ...{ format: format.id, kind, directory, ...counted, software: format.software, validation },
      files: await sizesOf(staging, files),
      leftOver: await findLeftOver(directory, files),
    }
    return { files, value }
  })
}

/**
 * Checks that a format supports a kind of data.
 * @throws Problem 'wrong-use' if it does not.
 */
export function requireKind({ id }: Pick<TrainingFormat, 'id'>, kind: TrainingKind): void {
  const kinds: readonly TrainingKind[] = kindsOfFormat[id]
  if (!kinds.includes(kind))
    throw new Problem(
      'wrong-use',
      message('training.kindUnknown', { format: id, kind }),
      message('training.chooseKind', { kinds: kinds.join(', ') }),
    )
}

type Written = Pick<TrainingReport, 'records' | 'pairs' | 'itemRows' | 'demoPairs' | 'media' | 'leftOut' | 'changed'> & {
  readonly files: readonly string[]
}

async function writeRecords(
  conversations: AsyncIterable<Conversation> | Iterable<Conversation>,
  {
    format,
    kind,
    directory,
    staging,
    name,
  }: { format: TrainingFormat; kind: TrainingKind; directory: string; staging: string; name: string },
  options: TrainingOptions,
): Promise<Written> {
  const { signal, onProgress } = options
  const tallies = { leftOut: createTally(), changed: createTally() }
  const media = createMediaWriter(staging, format.limits.embedsImages === true)
  const family = options.boxes ?? null
  const builder = createRecordBuilder(
    {
      ...{ kind, limits: format.limits, signal, boxes: family !== null, reasoning: options.reasoning ?? false },
      ...{ frames: options.frames ?? null, findEditFault: kind === 'dpo' ? await loadEditFilter(options.minChange) : () => null },
    },
    media,
    tallies,
  )
  let [records, pairs, itemRows, demoPairs, read, decidedAt] = [0, 0, 0, 0, 0, 0]
  const labels = new Set<boolean>()
  const used = new Set<string>()
  const facts = createSetFacts()
  const setName = dataSetName(name)
  await mkdir(path.join(staging, 'media'), { recursive: true })
  const provenance = await openTextFile(path.join(staging, provenanceFile))
  const rows = format.open({
    ...{ directory: staging, kind, name: setName, generator, decidedAt: () => decidedAt },
    project: options.project ?? null,
    readEarlier: async (file) => options.card ?? (await readFile(path.join(directory, file), 'utf8').catch(() => null)),
    about: { license: options.license ?? null, url: options.url ?? null, creator: name },
    renderPieces: createPieceRenderer(family ?? 'qwen3-vl'),
  })
  const pause = createPause(signal, () => onProgress?.({ done: read }))
  try {
    for await (const conversation of conversations) {
      signal?.throwIfAborted()
      for (const record of await builder.build(conversation)) {
        await rows.add(record)
        facts.add(record)
        const waiting = provenance.write(`${oneLine(toProvenance(record))}\n`)
        if (waiting) await waiting
        if (!format.limits.embedsImages) for (const medium of record.media) used.add(medium.path)
        records += 1
        pairs += record.pairs.length
        for (const pair of record.pairs) {
          decidedAt = Math.max(decidedAt, pair.decidedAt)
          if (pair.isDemo) demoPairs += 1
        }
        if (record.outcome.kind === 'dpo' && record.pairs.length > 1) itemRows += 1
        if (record.outcome.kind === 'kto' && record.split === 'train') labels.add(record.outcome.label)
      }
      read += conversation.pairs.length
      const turn = pause(read, read)
      if (turn) await turn
    }
    const [leftOut, changed] = [tallies.leftOut.read(), tallies.changed.read()]
    if (records === 0) throw nothingWritten(leftOut)
    if (kind === 'kto' && labels.size < 2) throw new Problem('wrong-use', message('training.oneLabel'), message('training.rejectSome'))
    const dataFiles = await rows.finish()
    const held = facts.read()
    const handOff = format.handOff?.({ name: setName, kind, boxes: kind === 'sft' ? family : null, facts: held })
    const handOffFiles = handOff ? await writeHandOff(staging, handOff, { rows: held.rows, generator }) : []
    await provenance.finish()
    const counts = { records, pairs, itemRows, demoPairs }
    const summary = {
      format: format.id,
      kind,
      ...counts,
      leftOut: inWords(leftOut),
      changed: inWords(changed),
      software: format.software,
      generator,
      ...(options.snapshot && { snapshot: { name: options.snapshot.name, content_hash: options.snapshot.contentHash } }),
    }
    await writeTextFile(path.join(staging, summaryFile), async (write) => write(`${JSON.stringify(summary, null, 2)}\n`))
    return { ...counts, media: used.size, leftOut, changed, files: [...used, provenanceFile, ...dataFiles, ...handOffFiles, summaryFile] }
  } finally {
    await rows.close()
    await provenance.close()
  }
}

const inWords = (tallied: readonly Tallied[]) => tallied.map(({ reason, count }) => ({ reason: toEnglish(reason), count }))

/** Returns a safe name for a data set: it is used in settings of training software, which do not accept every character. */
function dataSetName(name: string): string {
  const safe = safeFileName(name).normalize('NFKD').replace(/[^A-Za-z0-9_-]/g, '').toLowerCase() // prettier-ignore
  return safe === '' || safe === 'provenance' || safe === 'export' ? `set${safe && `-${safe}`}` : safe
}

const toProvenance = ({ id, item, source = null, split, media, boxes, pairs, outcome }: TrainingRecord) => ({
  ...{ id, item, split, source },
  ...(outcome.kind === 'kto' ? { label: outcome.label } : {}),
  media: media.map(({ path: file, sha256, fileName, width, height }) => ({ file, source: fileName, sha256, width, height })),
  boxes: boxes.map(({ label, media: place, x1, y1, x2, y2 }) => ({ label, media: place, x: x1, y: y1, width: x2 - x1, height: y2 - y1 })),
  pairs: pairs.map(({ provenance }) => provenance),
})

function nothingWritten(leftOut: readonly Tallied[]): Problem {
  const [first] = leftOut.toSorted((a, b) => b.count - a.count)
  if (!first) return new Problem('wrong-use', message('exportSet.noApprovedPairs'), message('exportSet.acceptPairsFirst'))
  return new Problem(
    'wrong-use',
    message('training.nothingWritten', { count: first.count, reason: first.reason }),
    message('exportSet.nothingExported'),
    {
      item: first.items[0],
    },
  )
}

function refuseErrors({ issues }: ExportReport['validation']): void {
  const errors = issues.filter(({ level }) => level === 'error')
  const [first] = errors
  if (!first) return
  const issue = message('exportSet.issue', { file: first.file, id: first.id === null ? '' : ` (${first.id})`, message: first.message })
  throw new Problem(
    'internal',
    message('exportSet.readBackFailed', { count: errors.length, issues: issue }),
    message('exportSet.runDoctor'),
    {
      item: first.id ?? first.file,
    },
  )
}

/** Returns names and sizes; the files of a subfolder are combined into one entry. */
async function sizesOf(staging: string, names: readonly string[]): Promise<ExportReport['files']> {
  const sizes = new Map<string, number>()
  for (const name of names) {
    const listed = name.includes('/') ? `${name.split('/')[0]}/` : name
    sizes.set(listed, (sizes.get(listed) ?? 0) + (await stat(path.join(staging, name))).size)
  }
  return [...sizes].map(([name, bytes]) => ({ name, bytes }))
}
