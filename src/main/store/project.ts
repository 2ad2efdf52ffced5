import { z } from 'zod'
import {
  defaultGenerationSettings,
  generationSettingsSchema,
  recipeIdSchema,
  timeSchema,
  type GenerationSettings,
  type RecipeId,
} from '../../shared/domain'
import type { Database } from './database'
import { prepare } from './statement'
import { parseRow, parseStored } from './stored'

const projectRowSchema = z.object({ uuid: z.string(), name: z.string(), recipe: recipeIdSchema, createdAt: timeSchema })
export type ProjectRow = z.infer<typeof projectRowSchema>

export function createProjectRow(db: Database, project: { uuid: string; name: string; recipe: RecipeId }): void {
  prepare(db, `INSERT INTO project (id, uuid, name, recipe, generation_settings, created_at) VALUES (1, ?, ?, ?, ?, ?)`).run(
    project.uuid,
    project.name,
    project.recipe,
    JSON.stringify(defaultGenerationSettings),
    Date.now(),
  )
}

export function readProject(db: Database): ProjectRow {
  const row = prepare(db, `SELECT uuid, name, recipe, created_at AS createdAt FROM project WHERE id = 1`).get()
  return parseRow(projectRowSchema, row, 'The project itself')
}

export function getGenerationSettings(db: Database): GenerationSettings {
  const text = prepare(db, `SELECT generation_settings FROM project WHERE id = 1`).pluck().get()
  return parseStored(generationSettingsSchema, text, 'How the project asks')
}

export function saveGenerationSettings(db: Database, settings: GenerationSettings): void {
  prepare(db, `UPDATE project SET generation_settings = ? WHERE id = 1`).run(JSON.stringify(settings))
}
