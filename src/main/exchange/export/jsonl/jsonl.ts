import { access, copyFile, mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import type { Media } from '../../../../shared/domain'
import { Problem } from '../../../../shared/problem'
import { type Message, message, type Text } from '../../../../shared/messages/message'
import { copyAgain, hashFile } from '../../../media/storeMedia'
import { mediaPath } from '../../../media/mediaPath'
import type { ApprovedPair } from '../../../store/candidates/approved'
import type { ReadableDb } from '../../../store/sql/types'
import {
  createProgress,
  createSetSummary,
  type ExportJob,
  generator,
  groupByItem,
  inPages,
  listPairs,
  originMarks,
  snapshotMark,
  type Written,
} from '../exportJob'
import type { PairSource } from '../pairSource'
import { safeFileName } from '../mimicIt/identifiers'
import { mediaReason } from '../mimicIt/imageSource'
import { naming, writeTextFile } from '../files/atomicDirectory'
import { createLineWriter, createSources } from './line'

/**
 * Writes `<name>.jsonl` with one approved pair per line and its provenance, `<name>.meta.json` with the counts and with the prompts and
 * runs that the lines reference, and the media in `media/`, so that the set is self-contained.
 */
export async function writeJsonl(job: ExportJob): Promise<Written> {
  const name = safeFileName(job.project.info.name)
  const summary = createSetSummary()
  const advance = createProgress(job)
  const leftOut: { candidateId: number; item: string; reason: Text }[] = []
  const copyMedia = createMediaCopier(job)
  const sources = createSources()
  const toLine = createLineWriter(job.project.db)
  const lines = `${name}.jsonl`
  await writeTextFile(path.join(job.staging, lines), async (write) => {
    for (const items of inPages(groupByItem(listPairs(job)))) {
      const seconds = job.source.readSecondReviews(items.flat().map(({ candidate }) => candidate.id))
      for (const pairs of items) {
        const reason = await copyMedia.copyAll(pairs[0])
        for (const pair of pairs) {
          if (reason === null) {
            const waiting = write(`${toLine(pair, seconds.get(pair.candidate.id) ?? [])}\n`)
            if (waiting) await waiting
            summary.add(pair)
            sources.add(pair)
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
    ...sources.read(),
  }
  await writeTextFile(path.join(job.staging, metaFile), async (write) => write(`${JSON.stringify(meta, null, 2)}\n`))
  return { files: [...media, metaFile, lines], summary: counted, images: media.length, leftOut }
}

/** Returns lines of the set as the export will write them, formatted over several lines for readability. */
export function previewJsonl(db: ReadableDb, pairs: readonly ApprovedPair[], source: Pick<PairSource, 'readSecondReviews'>): string[] {
  const toLine = createLineWriter(db)
  const seconds = source.readSecondReviews(pairs.map(({ candidate }) => candidate.id))
  return pairs.map((pair) => JSON.stringify(JSON.parse(toLine(pair, seconds.get(pair.candidate.id) ?? [])), null, 2))
}

/** Copies each medium once, after verifying that it still matches the imported file. */
function createMediaCopier({ project, staging }: ExportJob) {
  const used = new Set<string>()
  /** Maps a media id to the reason why it was not copied; null if it was copied. */
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
    /** Returns the copies that pairs reference. */
    files: (): readonly string[] => [...used],
    /** Returns why the first medium that failed could not be copied, or null if all were copied. */
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
