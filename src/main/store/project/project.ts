import { z } from 'zod'
import {
  coldStartSchema,
  customRecipeSchema,
  defaultColdStartRule,
  defaultCustomRecipe,
  defaultGenerationSettings,
  generationSettingsSchema,
  recipeIdSchema,
  timeSchema,
  type ColdStart,
  type CustomRecipe,
  type GenerationSettings,
  type RecipeId,
} from '../../../shared/domain'
import { defaultReviewSettings, reviewSettingsSchema, type ReviewSettings } from '../../../shared/review'
import type { ReadableDb, WritableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { markOfProject, setMark } from '../sql/projectMark'
import { prepare } from '../sql/statement'
import { parseRow, parseStored } from '../sql/stored'

const projectRowSchema = z.object({ uuid: z.string(), name: z.string(), recipe: recipeIdSchema, createdAt: timeSchema })
type ProjectRow = z.infer<typeof projectRowSchema>

export function createProjectRow(db: WritableDb, project: { uuid: string; name: string; recipe: RecipeId }): void {
  setMark(db, markOfProject(project.uuid))
  prepare(db, `INSERT INTO project (id, uuid, name, recipe, generation_settings, created_at) VALUES (1, ?, ?, ?, ?, ?)`).run(
    project.uuid,
    project.name,
    project.recipe,
    JSON.stringify(defaultGenerationSettings),
    Date.now(),
  )
}

export function readProject(db: ReadableDb): ProjectRow {
  const row = prepare(db, `SELECT uuid, name, recipe, created_at AS createdAt FROM project WHERE id = 1`).get()
  return parseRow(projectRowSchema, row, message('store.rowOf.project'))
}

export function getGenerationSettings(db: ReadableDb): GenerationSettings {
  const text = prepare(db, `SELECT generation_settings FROM project WHERE id = 1`).pluck().get()
  return parseStored(generationSettingsSchema, text, message('store.rowOf.promptSettings'))
}

export function saveGenerationSettings(db: WritableDb, settings: GenerationSettings): void {
  prepare(db, `UPDATE project SET generation_settings = ? WHERE id = 1`).run(JSON.stringify(settings))
}

const textSchema = z.string().nullable()

export function getColdStart(db: ReadableDb): ColdStart {
  const text = textSchema.parse(prepare(db, `SELECT cold_start FROM project WHERE id = 1`).pluck().get())
  return text === null ? { rule: defaultColdStartRule, closedAt: null } : coldStartSchema.parse(JSON.parse(text))
}

export function saveColdStart(db: WritableDb, coldStart: ColdStart): void {
  prepare(db, `UPDATE project SET cold_start = ? WHERE id = 1`).run(JSON.stringify(coldStart))
}

export function getCustomRecipe(db: ReadableDb): CustomRecipe {
  const text = textSchema.parse(prepare(db, `SELECT custom_recipe FROM project WHERE id = 1`).pluck().get())
  return text === null ? defaultCustomRecipe : customRecipeSchema.parse(JSON.parse(text))
}

export function saveCustomRecipe(db: WritableDb, recipe: CustomRecipe): void {
  prepare(db, `UPDATE project SET custom_recipe = ? WHERE id = 1`).run(JSON.stringify(recipe))
}

export function getReviewSettings(db: ReadableDb): ReviewSettings {
  const text = textSchema.parse(prepare(db, `SELECT review_settings FROM project WHERE id = 1`).pluck().get())
  return text === null ? defaultReviewSettings : parseStored(reviewSettingsSchema, text, message('store.rowOf.reviewSettings'))
}

export function saveReviewSettings(db: WritableDb, settings: ReviewSettings): void {
  prepare(db, `UPDATE project SET review_settings = ? WHERE id = 1`).run(JSON.stringify(settings))
}
