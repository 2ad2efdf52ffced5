import { access, copyFile, mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { publicAddress, type Media } from '../../../../shared/domain'
import { Problem } from '../../../../shared/problem'
import { type Message, message, type Text } from '../../../../shared/messages/message'
import { copyAgain, hashFile } from '../../../media/storeMedia'
import { mediaPath } from '../../../media/mediaPath'
import type { ApprovedPair } from '../../../store/candidates/approved'
import type { PairTrace } from '../../../store/candidates/traces'
import { readImportedSystem } from '../../../store/candidates/importedPairs'
import type { ReadableDb } from '../../../store/sql/types'
import {
  createProgress,
  createSetSummary,
  type ExportJob,
  generator,
  groupByItem,
  inPages,
  isDemo,
  listPairs,
  originMarks,
  snapshotMark,
  type Written,
} from '../exportJob'
import type { PairSource } from '../pairSource'
import { describeSecondReviews } from '../training/pairTrace'
import { safeFileName } from '../mimicIt/identifiers'
import { mediaReason } from '../mimicIt/imageSource'
import { naming, writeTextFile } from '../files/atomicDirectory'

type SecondReviews = PairTrace['secondReviews']

/**
 * Writes lines of the plain JSONL export: a pair and all that it came from. `exemplars` are ids of candidates, `prompt.fileExemplars` the
 * examples of a prompt file that stood before them. What a person wrote has an author, and no model, prompt and run; what was imported has the
 * name of its file, no prompt and no run. Times are ISO 8601, UTC.
 * Most of a line is its prompt and its run, which thousands of pairs share: those are put into JSON once.
 */
function createLineWriter(db: ReadableDb): (pair: ApprovedPair, seconds: SecondReviews) => string {
  const known = new Map<object, string>()
  const once = (shared: object | null, write: () => unknown): string => {
    if (shared === null) return 'null'
    let text = known.get(shared)
    if (text === undefined) known.set(shared, (text = oneLine(write())))
    return text
  }
  return (pair, seconds) => {
    const prompt = once(pair.promptVersion, () => promptOf(pair))
    const run = once(pair.run, () => runOf(pair))
    return `${oneLine({ ...textOf(pair), ...importOf(db, pair) }).slice(0, -1)},"prompt":${prompt},"run":${run},${oneLine(decisionOf(pair, seconds)).slice(1)}`
  }
}

const textOf = ({ candidate, itemSourceId, media, context }: ApprovedPair) => ({
  id: candidate.id,
  item: itemSourceId,
  media: media.map(toMediaReference),
  context,
  instruction: candidate.instruction,
  response: candidate.response,
  kind: candidate.kind,
  conversation: candidate.conversation,
  conversationCall: candidate.conversation === null ? null : candidate.conversationCallId,
  turn: candidate.turn,
  rationale: candidate.rationale,
  state: candidate.state,
  draft: candidate.draft,
  origin: candidate.importedFrom !== null ? 'import' : candidate.author === null ? 'model' : 'human',
  author: candidate.author,
  splitFrom: candidate.splitFrom,
  provider: candidate.provider,
  model: candidate.model,
  demo: isDemo({ candidate }),
})

const importOf = (db: ReadableDb, { candidate: { id, importedFrom } }: ApprovedPair) =>
  importedFrom === null ? {} : { importedFrom, system: readImportedSystem(db, id) }

const promptOf = ({ promptVersion, fileExemplars }: ApprovedPair) =>
  promptVersion && {
    version: promptVersion.id,
    outputForm: promptVersion.outputForm,
    systemMessage: promptVersion.systemMessage,
    contextTemplate: promptVersion.contextTemplate,
    fileExemplars,
  }

const runOf = ({ run }: ApprovedPair) =>
  run && {
    id: run.id,
    settings: { ...run.settings, provider: { ...run.settings.provider, baseUrl: publicAddress(run.settings.provider) } },
    createdAt: new Date(run.createdAt).toISOString(),
  }

const decisionOf = ({ exemplarIds, decision }: ApprovedPair, seconds: SecondReviews) => ({
  exemplars: exemplarIds,
  decision: {
    verdict: decision.verdict,
    reviewer: decision.reviewer,
    decidedAt: new Date(decision.decidedAt).toISOString(),
    seconds: decision.seconds,
  },
  secondReviews: describeSecondReviews(seconds),
})

/** JSON on one line, also for readers to whom U+0085, U+2028 and U+2029 end a line. */
export function oneLine(value: unknown): string {
  return JSON.stringify(value).replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** `name` is the last part of what it was imported under: folders of the machine stay out. */
function toMediaReference({ storedName, fileName, sha256, mime, width, height }: Media) {
  return { file: `media/${storedName}`, name: fileName.split(/[\\/]/).at(-1) ?? fileName, sha256, mime, width, height }
}

/**
 * Writes `<name>.jsonl`, one approved pair a line with all that it came from, `<name>.meta.json` with the counts, and the media beside
 * them in `media/`, so that the set is complete in itself.
 */
export async function writeJsonl(job: ExportJob): Promise<Written> {
  const name = safeFileName(job.project.info.name)
  const summary = createSetSummary()
  const advance = createProgress(job)
  const leftOut: { candidateId: number; item: string; reason: Text }[] = []
  const copyMedia = createMediaCopier(job)
  const toLine = createLineWriter(job.project.db)
  const lines = `${name}.jsonl`
  await writeTextFile(path.join(job.staging, lines), async (write) => {
    for (const items of inPages(groupByItem(listPairs(job)))) {
      const seconds = job.source.readSecondReviews(items.flat().map(({ candidate }) => candidate.id))
      for (const pairs of items) {
        const reason = await copyMedia.copyAll(pairs[0])
        for (const pair of pairs) {
          if (reason === null) {
            await write(`${toLine(pair, seconds.get(pair.candidate.id) ?? [])}\n`)
            summary.add(pair)
          } else leftOut.push({ candidateId: pair.candidate.id, item: pair.itemSourceId, reason })
        }
        advance(pairs.length)
      }
    }
  })
  const counted = summary.read()
  const media = copyMedia.files()
  const metaFile = `${name}.meta.json`
  const meta = {
    time: new Date(counted.decidedAt).toISOString(),
    project: { name: job.project.info.name, uuid: job.project.info.uuid, recipe: job.project.info.recipe },
    generator,
    pairs: counted.pairs,
    media: media.length,
    reviewers: counted.reviewers,
    models: counted.models,
    ...originMarks(counted),
    ...snapshotMark(job),
  }
  await writeTextFile(path.join(job.staging, metaFile), (write) => write(`${JSON.stringify(meta, null, 2)}\n`))
  return { files: [...media, metaFile, lines], summary: counted, images: media.length, leftOut }
}

/** Lines of the set as the export will write them, spread over several lines to be read. */
export function previewJsonl(db: ReadableDb, pairs: readonly ApprovedPair[], source: Pick<PairSource, 'readSecondReviews'>): string[] {
  const toLine = createLineWriter(db)
  const seconds = source.readSecondReviews(pairs.map(({ candidate }) => candidate.id))
  return pairs.map((pair) => JSON.stringify(JSON.parse(toLine(pair, seconds.get(pair.candidate.id) ?? [])), null, 2))
}

/** Copies each medium once, after a look whether it still is what was imported. */
function createMediaCopier({ project, staging }: ExportJob) {
  const used = new Set<string>()
  /** media id → why it was not copied; null where it was */
  const known = new Map<number, Message | null>()

  const copy = async (media: Media): Promise<Message | null> => {
    const name = nameOf(media)
    let from: string
    try {
      from = mediaPath(project.directory, media.storedName)
      await naming(media.fileName, () => access(from))
      if ((await hashFile(from, media.fileName)) !== media.sha256)
        throw new Problem('bad-media', message('exportSet.jsonl.contentChanged'), copyAgain(media))
    } catch (error) {
      return mediaReason(media, error)
    }
    const to = path.join(staging, name)
    await naming(name, async () => {
      await mkdir(path.dirname(to), { recursive: true })
      await copyFile(from, to)
      await sync(to)
    })
    return null
  }

  return {
    /** The copies that pairs use. */
    files: (): readonly string[] => [...used],
    /** Why the first medium that could not be copied was not; null when all were. */
    async copyAll({ media }: ApprovedPair): Promise<Message | null> {
      for (const medium of media) {
        let reason = known.get(medium.id)
        if (reason === undefined) known.set(medium.id, (reason = await copy(medium)))
        if (reason !== null) return reason
      }
      for (const medium of media) used.add(nameOf(medium))
      return null
    },
  }
}

const nameOf = ({ storedName }: Media) => `media/${storedName}`

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
