import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  kindsOfFormat,
  recipeIdSchema,
  trainingFormatSchema,
  type RecipeId,
  type TrainingFormatId,
  type TrainingKind,
} from '../../../../src/shared/domain'
import type { TestProject } from '../../../support/exportProject'
import { recipeSamples } from '../../../support/recipeSamples'
import { exportProject, newTrainingProject, validate } from '../../../support/trainingSet'

/** By format: recipes of which it can hold nothing without, and with three frames of each video. */
const impossible: Partial<Record<TrainingFormatId, { readonly plain: readonly RecipeId[]; readonly frames: readonly RecipeId[] }>> = {
  llava: { plain: ['cgd', 'sd', 'vst', 'dc', 'tvc', 'e4d'], frames: ['cgd', 'sd', 'vst', 'dc', 'tvc', 'e4d'] },
  internvl: { plain: ['dc', 'tvc', 'e4d'], frames: [] },
  chat: { plain: ['dc', 'tvc', 'e4d'], frames: [] },
  trl: { plain: ['dc', 'tvc', 'e4d'], frames: [] },
  'hugging-face': { plain: ['dc', 'tvc', 'e4d'], frames: [] },
}
/** Items about a part of a video are not about the whole of it. */
const parts: readonly RecipeId[] = ['tvc', 'e4d']

describe.each(recipeIdSchema.options)('a set of the recipe %s', (recipe) => {
  let project: TestProject
  beforeAll(async () => {
    project = await newTrainingProject(recipe)
  })
  afterAll(() => project.remove())

  it.each(trainingFormatSchema.options)('is written as %s and read back without a fault', async (format) => {
    for (const frames of [null, 3]) {
      const out = join(project.root, `${format}-${frames}`)
      const exported = exportProject(project, format, { out, frames })
      const cannot = impossible[format] ?? { plain: parts, frames: [] }
      if ((frames === null ? cannot.plain : cannot.frames).includes(recipe)) {
        await expect(exported).rejects.toMatchObject({ code: 'wrong-use' })
        expect(await readdir(out)).toEqual([])
        continue
      }
      const report = await exported
      expect(report.validation.issues.filter(({ level }) => level === 'error')).toEqual([])
      expect(report.leftOut).toEqual([])
      expect(report.pairs).toBe(2 * recipeSamples[recipe].length)
      expect((await validate(format, out)).issues.filter(({ level }) => level === 'error')).toEqual([])
    }
  })

  it.each(trainingFormatSchema.options.filter((id) => kindsOfFormat[id].length > 1))('gives preference data as %s', async (format) => {
    for (const kind of (kindsOfFormat[format] as readonly TrainingKind[]).filter((each) => each !== 'sft')) {
      if (format === 'chat') continue
      const out = join(project.root, `${format}-${kind}`)
      const report = await exportProject(project, format, { out, kind, frames: 2 }).catch((error: unknown) => error as Error)
      if (recipe === 'sn' && format === 'internvl') {
        expect(report).toMatchObject({ code: 'wrong-use' })
        continue
      }
      expect(report).not.toBeInstanceOf(Error)
      expect((await validate(format, out)).issues.filter(({ level }) => level === 'error')).toEqual([])
    }
  })
})
