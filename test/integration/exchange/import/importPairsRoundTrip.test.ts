import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportPairs } from '../../../../src/main/exchange/export/export'
import { trainingFormats } from '../../../../src/main/exchange/export/training/trainingFormats'
import { createProjectSource } from '../../../../src/main/exchange/export/pairSource'
import { readConversations } from '../../../../src/main/exchange/export/training/projectSource'
import type { Conversation, SourcePair } from '../../../../src/main/exchange/export/training/records'
import { importFiles } from '../../../../src/main/exchange/import/importFiles'
import { inspectDatabase } from '../../../../src/main/store/recovery/doctor'
import {
  kindsOfFormat,
  recipeIdSchema,
  trainingFormatSchema,
  type ImportFormat,
  type RecipeId,
  type TrainingFormatId,
  type TrainingKind,
} from '../../../../src/shared/domain'
import { newExportProject, type TestProject } from '../../../support/exportProject'
import { inEnglish } from '../../../support/inEnglish'
import { newSnapshotProject, take } from '../../../support/snapshotProject'
import { exportProject, newTrainingProject } from '../../../support/trainingSet'

/** Items about a part of a video are not about the whole of it. */
const parts: readonly RecipeId[] = ['tvc', 'e4d']
/** Those of one image, of two, of a conversation and of a video stand for the others. */
const withPreferences: readonly RecipeId[] = ['la', 'cgd', 'sn', 'dc']
const system = 'You describe what is in view.'

const sorted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).toSorted()

/** What a data set of a kind holds of a pair; of an edit, SFT keeps only the text. */
function partOf(kind: TrainingKind, { instruction, response, reasoning, draft, state }: SourcePair, withReasoning: boolean): unknown[] {
  const text = [instruction, response, withReasoning ? reasoning : null]
  if (kind === 'dpo') return state === 'edited' && draft ? [[...text, draft.response]] : []
  return [kind === 'kto' ? [...text, state === 'rejected'] : text]
}

interface Compared {
  readonly kind: TrainingKind
  readonly withMedia: boolean
  readonly withReasoning: boolean
  readonly isFlat?: boolean
}

/** The pairs of a project as a set of a kind holds them: by conversation for SFT, with their item, system text and media. */
async function read(
  project: TestProject,
  { kind, withMedia, withReasoning, isFlat = false }: Compared,
  given: string | null,
): Promise<string[]> {
  const seen: unknown[] = []
  for await (const conversation of readConversations(project, { kind, system: given, source: createProjectSource(project.db) })) {
    const { item, media, pairs } = conversation
    const about = [
      item,
      conversation.system,
      withMedia ? media.map(({ sha256, fileName }: Conversation['media'][number]) => [sha256, fileName]) : null,
    ]
    const texts = pairs.flatMap((pair) => partOf(kind, pair, withReasoning))
    if (kind === 'sft' && !isFlat) seen.push([about, texts])
    else seen.push(...texts.map((text) => [about, text]))
  }
  return sorted(seen)
}

const importFolder = async (to: TestProject, format: ImportFormat, folder: string) =>
  inEnglish(await importFiles(to, { format, file: folder, mediaDirectory: folder, pairs: 'accepted' }, { reviewer: 'Grace' }))

const plainFile = async (folder: string): Promise<string[]> => {
  const names = (await readdir(folder)).filter(
    (name) => /\.(?:jsonl?|csv)$/.test(name) && !/^(?:provenance|export|croissant|.*\.meta)\./.test(name),
  )
  // Ids are those of the candidates; an image that was a frame of a video is an image like any other.
  const texts = await Promise.all(names.toSorted().map((name) => readFile(join(folder, name), 'utf8')))
  return texts.map((text) =>
    text
      .replaceAll(/pair-\d+/g, 'pair')
      .replaceAll(/"\{""candidate"".*$/gm, '')
      .replaceAll(/Frame-\d+: |""fileName"":""[^"]*"",/g, ''),
  )
}

describe.each(recipeIdSchema.options)('pairs of the recipe %s', (recipe) => {
  let project: TestProject
  beforeAll(async () => {
    project = await newTrainingProject(recipe)
  })
  afterAll(() => project.remove())

  const cases = trainingFormatSchema.options.flatMap((format) =>
    kindsOfFormat[format].flatMap((kind: TrainingKind) =>
      kind === 'sft' || withPreferences.includes(recipe) ? [[format, kind] as const] : [],
    ),
  )
  it.each(cases)('come back from %s (%s), and are exported again as they were', async (format: TrainingFormatId, kind) => {
    const { limits } = trainingFormats[format]
    if (format === 'chat' && kind === 'dpo') return // for text alone
    const out = join(project.root, `${format}-${kind}`)
    const given = limits.system ? system : null
    const settings = { out, kind, reasoning: true, frames: limits.videoFiles && !parts.includes(recipe) ? null : 2 }
    const exported = await exportProject(project, format, { ...settings, system: given }).catch((error: unknown) => error as Error)
    if (exported instanceof Error) {
      expect(exported).toMatchObject({ code: 'wrong-use' })
      return
    }
    const fresh = await newExportProject(recipe, project.info.name)
    try {
      const report = await importFolder(fresh, format, out)
      expect(report.problems).toEqual([])
      expect(report.notes).toEqual([])
      const compared = { kind, withMedia: settings.frames === null, withReasoning: format !== 'csv' }
      const [before, after] = [await read(project, compared, given), await read(fresh, compared, null)]
      expect(after).toEqual(before)
      expect(await importFolder(fresh, format, out)).toMatchObject({ added: 0, mediaAdded: 0, problems: [], pairs: { added: 0 } })
      expect(await read(fresh, compared, null)).toEqual(after)
      expect(inspectDatabase(fresh.db).findings).toEqual([])
      await exportProject(fresh, format, { ...settings, out: fresh.out, system: null, frames: null })
      expect(await plainFile(fresh.out)).toEqual(await plainFile(out))
    } finally {
      await fresh.remove()
    }
  })

  it.each(['jsonl', 'mimic-it'] as const)('come back from %s', async (format) => {
    const out = join(project.root, format)
    await exportPairs(project, { format, directory: out })
    const fresh = await newExportProject(recipe, project.info.name)
    try {
      const report = await importFolder(fresh, format, out)
      expect(report.problems).toEqual([])
      const isFlat = format === 'mimic-it'
      for (const kind of isFlat ? (['sft'] as const) : (['sft', 'dpo'] as const)) {
        const compared = { kind, withMedia: !isFlat, withReasoning: !isFlat, isFlat }
        const [before, after] = [await read(project, compared, null), await read(fresh, compared, null)]
        if (isFlat) expect(after.map(textOf).toSorted()).toEqual(before.map(textOf).toSorted())
        else expect(after).toEqual(before)
      }
      expect(await importFolder(fresh, format, out)).toMatchObject({ added: 0, problems: [], pairs: { added: 0 } })
      expect(inspectDatabase(fresh.db).findings).toEqual([])
    } finally {
      await fresh.remove()
    }
  })
})

it.each(['llamafactory', 'ms-swift', 'hugging-face', 'webdataset', 'csv', 'chat'] as const)(
  'pairs of a snapshot in three splits come back from %s to their items',
  async (format) => {
    const project = await newSnapshotProject()
    const fresh = await newExportProject('la', project.info.name)
    try {
      const out = join(project.root, format)
      await take(project, 'split', { shares: { train: 40, validation: 30, test: 30 } })
      const report = await exportProject(project, format, { out, snapshot: 'split' })
      expect(await importFolder(fresh, format, out)).toMatchObject({
        problems: [],
        notes: [],
        pairs: { added: report.pairs, accepted: report.pairs },
      })
      const compared = { kind: 'sft', withMedia: true, withReasoning: true } as const
      expect(await read(fresh, compared, null)).toEqual(await read(project, compared, null))
    } finally {
      await project.remove()
      await fresh.remove()
    }
  },
)

/** MIMIC-IT's images are made anew, and its items are named by them. */
const textOf = (text: string) => JSON.stringify((JSON.parse(text) as [unknown, unknown])[1])
