import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Document } from 'yaml'
import type { TrainingGroup } from '../../../recipes/recipe'
import type { RelatedTo } from '../../../recipes/relate'
import { createNumberLists } from '../../../retrieval/numberLists'
import { createPause, type ExportJob, generator, originMarks, snapshotMark, type SetSummary, type Written } from '../exportJob'
import { writeHandOff } from '../training/handOff'
import { otterHandOff } from './handOff'
import { instructionId } from './identifiers'
import { readEntries, writeEntries } from './mimicItEntries'
import { createImageParquet } from './parquet'
import { writeTextFile } from '../files/atomicDirectory'

/**
 * Writes the release format of MIMIC-IT (arXiv 2306.05425) for Otter's loader: `<SET>_instructions.json`, `<SET>_train.json`,
 * `<SET>.parquet` and the training YAML. Every image id is written once; memory holds one row group of images. Relations are computed once
 * it is known which pairs are in the set.
 */
export async function writeMimicIt(job: ExportJob): Promise<Written> {
  const { recipe } = job.source
  const set = recipe.prefix
  const parquet = createImageParquet(job.staging, set, job.parquetLimits)
  try {
    const instructions = `${set}_instructions.json`
    const entries = path.join(job.staging, `${instructions}.part`)
    const written = await writeTextFile(entries, (write) => writeEntries(job, recipe, parquet, write))
    const imageFiles = await parquet.finish()
    const { summary, images, leftOut } = written
    if (summary.pairs === 0) return { files: [], summary, images: 0, leftOut }

    // Store numbers instead of the text of the train files, which is much longer.
    const relations = await findRelations(written.relatedTo, job)
    const nameOf = (place: number) => instructionId(set, written.ids[place] ?? 0)
    const namesOf = (place: number) => Array.from(relations(place), nameOf)
    const train = imageFiles.map((): number[] => [])
    let place = 0
    await writeTextFile(path.join(job.staging, instructions), async (write) => {
      await write(`{\n"meta": ${JSON.stringify(meta(job, summary))},\n"data": {`)
      let separator = '\n'
      for await (const { part, entry } of readEntries(entries)) {
        await write(`${separator}${JSON.stringify(nameOf(place))}: ${JSON.stringify({ ...entry, rel_ins_ids: namesOf(place) })}`)
        train[part]?.push(place)
        separator = ',\n'
        place += 1
      }
      await write('\n}}\n')
    })
    await rm(entries)

    const dataSets = imageFiles.map((imagesPath, part): TrainingDataSet => {
      const name = imageFiles.length === 1 ? set : `${set}_${String(part).padStart(3, '0')}`
      return { name, mimicitPath: instructions, imagesPath, trainConfigPath: `${name}_train.json` }
    })
    for (const [part, { trainConfigPath }] of dataSets.entries())
      await writeTextFile(path.join(job.staging, trainConfigPath), async (write) => {
        let separator = '{\n'
        for (const each of train[part] ?? []) {
          await write(`${separator}${JSON.stringify(nameOf(each))}: ${JSON.stringify(namesOf(each))}`)
          separator = ',\n'
        }
        await write(separator === ',\n' ? '\n}\n' : '{\n\n}\n')
      })
    const yaml = `${set}.yaml`
    const { taskDescription } = recipe
    const group = written.hasVideo ? 'VIDEO_TEXT' : recipe.group
    await writeTextFile(path.join(job.staging, yaml), async (write) =>
      write(trainingYaml({ group, dataSets, taskDescription, demoPairs: summary.demoPairs })),
    )
    const handOff = otterHandOff({ set, yaml, pairs: summary.pairs })
    const handOffFiles = await writeHandOff(job.staging, handOff, { rows: new Map([['train', summary.pairs]]), generator })
    const files = [...imageFiles, ...dataSets.map(({ trainConfigPath }) => trainConfigPath), ...handOffFiles, yaml, instructions]
    return { files, summary, images, leftOut }
  } finally {
    await parquet.close()
  }
}

/**
 * Returns a function that gives the indexes of the pairs that precede a pair. Slow relations are computed in advance, with pauses that
 * yield to the event loop.
 */
async function findRelations(relatedTo: RelatedTo, { signal, onProgress }: ExportJob): Promise<(place: number) => ArrayLike<number>> {
  const order = relatedTo.inAskingOrder?.()
  if (!order) return relatedTo
  const pause = createPause(signal, (progress) => onProgress?.({ ...progress, step: 'relations' }))
  const relations = createNumberLists()
  for (const [done, place] of order.entries()) {
    relations.set(place, relatedTo(place))
    const turn = pause(done, order.length)
    if (turn) await turn
  }
  return relations.get
}

function meta({ project, ...job }: ExportJob, summary: SetSummary) {
  return {
    version: '0.0.1',
    time: new Date(summary.decidedAt).toISOString().slice(0, 7),
    author: summary.reviewers.join(', '),
    project: project.info.name,
    generator,
    models: summary.models,
    ...originMarks(summary),
    ...snapshotMark(job),
  }
}

interface TrainingDataSet {
  readonly name: string
  readonly mimicitPath: string
  readonly imagesPath: string
  readonly trainConfigPath: string
}

interface TrainingYaml {
  readonly group: TrainingGroup
  readonly dataSets: readonly TrainingDataSet[]
  readonly taskDescription: string
  readonly demoPairs: number
}

/**
 * Returns the training YAML of Otter (`--training_data_yaml`). Its loader fails on an empty path, so such keys are omitted; the description
 * is a list because the loader picks one of several at random.
 */
export function trainingYaml({ group, dataSets, taskDescription, demoPairs }: TrainingYaml): string {
  const description = taskDescription.trim()
  const document = new Document(
    {
      [group]: Object.fromEntries(
        dataSets.map(({ name, mimicitPath, imagesPath, trainConfigPath }) => [
          name,
          {
            mimicit_path: mimicitPath,
            images_path: imagesPath,
            train_config_path: trainConfigPath,
            num_samples: -1,
            ...(description ? { task_description: [description] } : {}),
          },
        ]),
      ),
    },
    { version: '1.1' }, // PyYAML reads YAML 1.1, in which an unquoted NO is a boolean
  )
  document.commentBefore = [
    ` Training data for Otter, written by ${generator}.`,
    ' Otter opens the paths as they stand: they are relative to this folder, in which train_otter.sh starts the training.',
    ...(demoPairs > 0 ? [` DEMO: ${demoPairs} pairs were drafted by the built-in demo generator, not by a model.`] : []),
  ].join('\n')
  return document.toString({ lineWidth: 0 })
}
