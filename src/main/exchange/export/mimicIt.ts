import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { ExportReport } from '../../../shared/domain'
import { getRecipe } from '../../recipes/registry'
import { listApproved } from '../../store/approved'
import { groupByItem, mapAhead, type ItemPairs } from './byItem'
import { createProgress, type ExportJob, type Written } from './exportJob'
import { createImageNamer, instructionId } from './identifiers'
import { createImageSource, type ImageResult } from './imageSource'
import { createImageParquet, type ImageParquet } from './parquet'
import { createSetSummary, demoMarker, generator, type SetSummary } from './setSummary'
import { writeTextFile } from './textFile'
import { trainingYaml, type TrainingDataSet } from './trainingYaml'

/** Items whose images are made at once: libvips has threads of its own. */
const itemsAhead = 4

/**
 * Writes the release format of MIMIC-IT (arXiv 2306.05425) as Otter loads it: `<SET>_instructions.json`, `<SET>_train.json`,
 * `<SET>.parquet` and the training YAML. Every image is made and written once; of the images one row group is in memory.
 */
export async function writeMimicIt(job: ExportJob): Promise<Written> {
  const recipe = getRecipe(job.project.info.recipe)
  const set = recipe.prefix
  const parquet = createImageParquet(job.staging, set, job.parquetLimits)
  try {
    const instructions = `${set}_instructions.json`
    const entries = path.join(job.staging, `${instructions}.part`)
    const text = await writeTextFile(entries, (write) => writePairs(job, parquet, write))
    const imageFiles = await parquet.finish()
    const summary = text.summary
    if (summary.pairs === 0) return { files: [], summary, images: 0, leftOut: text.leftOut }

    const dataSets = imageFiles.map((imagesPath, part): TrainingDataSet => {
      const name = imageFiles.length === 1 ? set : `${set}_${String(part).padStart(3, '0')}`
      return { name, mimicitPath: instructions, imagesPath, trainConfigPath: `${name}_train.json` }
    })
    for (const [part, { trainConfigPath }] of dataSets.entries())
      await writeTextFile(path.join(job.staging, trainConfigPath), (write) => write(`{\n${(text.train[part] ?? []).join(',\n')}\n}\n`))
    const yaml = `${set}.yaml`
    const { group, taskDescription } = recipe
    await writeTextFile(path.join(job.staging, yaml), (write) =>
      write(trainingYaml({ group, dataSets, taskDescription, generator, demoPairs: summary.demoPairs })),
    )
    await writeTextFile(path.join(job.staging, instructions), async (write) => {
      await write(`{\n"meta": ${JSON.stringify(meta(job, summary))},\n"data": {`)
      for await (const chunk of createReadStream(entries, 'utf8')) await write(String(chunk))
      await write('\n}}\n')
    })
    await rm(entries)
    const files = [...imageFiles, ...dataSets.map(({ trainConfigPath }) => trainConfigPath), yaml, instructions]
    return { files, summary, images: text.images, leftOut: text.leftOut }
  } finally {
    await parquet.close()
  }
}

function meta({ project }: ExportJob, summary: SetSummary) {
  return {
    version: '0.0.1',
    time: new Date(summary.decidedAt).toISOString().slice(0, 7),
    author: summary.reviewers.join(', '),
    project: project.info.name,
    generator,
    models: summary.models,
    ...demoMarker(summary),
  }
}

interface PairsWritten {
  readonly summary: SetSummary
  readonly images: number
  readonly leftOut: ExportReport['leftOut']
  /** lines of the train files: by the part that holds the first image of the pair */
  readonly train: readonly (readonly string[])[]
}

/** One pass over the approved pairs: images into the parquet file, entries of `data` into `write`. */
async function writePairs(job: ExportJob, parquet: ImageParquet, write: (text: string) => Promise<void>): Promise<PairsWritten> {
  const { prefix: set, relate } = getRecipe(job.project.info.recipe)
  const source = createImageSource(job.project.directory)
  const nameImage = createImageNamer(set)
  const advance = createProgress(job)
  const summary = createSetSummary()
  const leftOut: { candidateId: number; item: string; reason: string }[] = []
  const train: string[][] = []
  /** media id → where its image is */
  const written = new Map<number, { id: string; part: number }>()
  let separator = '\n'

  const readImages = async (pairs: ItemPairs) => {
    job.signal?.throwIfAborted()
    const results: (ImageResult | undefined)[] = await Promise.all(
      pairs[0].media.map((media) => (written.has(media.id) ? undefined : source.read(media))),
    )
    return { pairs, results }
  }

  const writeImages = async ([{ media, itemSourceId }]: ItemPairs, results: readonly (ImageResult | undefined)[]) => {
    const places: { id: string; part: number }[] = []
    for (const [position, medium] of media.entries()) {
      let place = written.get(medium.id)
      const result = results[position]
      if (!place && result?.ok) {
        const id = nameImage({ sourceId: itemSourceId, position, count: media.length })
        place = { id, part: await parquet.append(id, result.base64) }
        written.set(medium.id, place)
        source.release(medium)
      }
      if (place) places.push(place)
    }
    return places
  }

  for await (const { pairs, results } of mapAhead(groupByItem(listApproved(job.project.db)), itemsAhead, readImages)) {
    const [{ media, itemSourceId }] = pairs
    const failed = results.find((result) => result?.ok === false)
    if (media.length === 0 || failed) {
      const reason =
        failed?.ok === false ? failed.reason : 'The item has no image. Export the pair as jsonl, or import the item with an image.'
      for (const { candidate } of pairs) leftOut.push({ candidateId: candidate.id, item: itemSourceId, reason })
    } else {
      const places = await writeImages(pairs, results)
      const related = relate(pairs.map(({ candidate, itemId }) => ({ id: candidate.id, itemId })))
      for (const pair of pairs) {
        const { candidate } = pair
        const id = instructionId(set, candidate.id)
        const relations = (related.get(candidate.id) ?? []).map((other) => instructionId(set, other))
        const entry = {
          instruction: candidate.instruction,
          answer: candidate.response,
          image_ids: places.map((place) => place.id),
          rel_ins_ids: relations,
        }
        await write(`${separator}${JSON.stringify(id)}: ${JSON.stringify(entry)}`)
        separator = ',\n'
        ;(train[places[0]?.part ?? 0] ??= []).push(`${JSON.stringify(id)}: ${JSON.stringify(relations)}`)
        summary.add(pair)
      }
    }
    advance(pairs.length)
  }
  return { summary: summary.read(), images: written.size, leftOut, train }
}
