import sql, { join } from 'sql-template-tag'
import { z } from 'zod'
import { runSettingsSchema, type RunSettings } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { prepare, readRows } from '../sql/statement'
import { parseStored } from '../sql/stored'
import type { ReadableDb } from '../sql/types'
import { isInRange, type ItemRange } from './chooseItems'

/** Facts about the pairs of a new snapshot and their items; see `chooseItems`. */

const groupsSchema = z
  .object({
    state: z.enum(['accepted', 'edited', 'rejected']),
    runId: z.number().nullable(),
    reviewer: z.string(),
    language: z.string().nullable(),
    pairs: z.number(),
  })
  .array()

/** Number of chosen pairs with the same state, run, reviewer and language. */
export type ChosenGroup = z.infer<typeof groupsSchema>[number]

/** Counts the pairs of a snapshot that belong to a range of items. Small ranges are faster, because nothing is sorted on disk. */
export const groupPairs = (db: ReadableDb, snapshotId: number, range: ItemRange): ChosenGroup[] =>
  groupsSchema.parse(
    readRows(
      db,
      sql`SELECT held.state, run_id AS runId, reviewer, language, count(*) AS pairs
       FROM snapshot_pair AS held CROSS JOIN candidate ON candidate.id = held.candidate_id CROSS JOIN decision ON decision.id = held.decision_id
         LEFT JOIN candidate_language ON candidate_language.candidate_id = held.candidate_id
       WHERE snapshot_id = ${snapshotId} AND ${isInRange(sql`held.item_id`, range)} GROUP BY 1, 2, 3, 4`,
    ),
  )

const runsSchema = z
  .object({
    id: z.number(),
    promptVersionId: z.number(),
    promptName: z.string().nullable(),
    settings: z.string(),
    promptTokens: z.number(),
    completionTokens: z.number(),
  })
  .array()

export type ChosenRun = Omit<z.infer<typeof runsSchema>[number], 'settings'> & { readonly settings: RunSettings }

/** Returns the runs that drafted the pairs of a snapshot. */
export const listHeldRuns = (db: ReadableDb, snapshotId: number): ChosenRun[] =>
  runsSchema
    .parse(
      prepare(
        db,
        `SELECT run.id, run.prompt_version_id AS promptVersionId, prompt_label.name AS promptName, run.settings,
           prompt_tokens AS promptTokens, completion_tokens AS completionTokens
         FROM run LEFT JOIN prompt_label ON prompt_label.prompt_version_id = run.prompt_version_id
         WHERE run.id IN (SELECT run_id FROM snapshot_run WHERE snapshot_id = ?) ORDER BY run.id`,
      ).all(snapshotId),
    )
    .map((run) => ({ ...run, settings: parseStored(runSettingsSchema, run.settings, message('store.rowOf.run', { id: run.id })) }))

const namesSchema = z.object({ name: z.string(), items: z.number() }).array()
type Named = z.infer<typeof namesSchema>

/** Maximum number of values; the most frequent ones are returned. */
const maxNames = 100

/** Returns the values of a field of the items' contexts, under any of its names, the most frequent first. */
function listContextValues(db: ReadableDb, keys: readonly string[]): Named {
  const values = join(keys.map((key) => sql`body ->> ${`$.${key}`}`))
  const value = sql`coalesce(${values}, '', '')`
  const holds = join(
    keys.map((key) => sql`instr(body, ${`"${key}"`}) > 0`),
    ' OR ',
  )
  return namesSchema.parse(
    readRows(
      db,
      sql`SELECT ${value} AS name, count(*) AS items FROM chosen_item CROSS JOIN context ON context.item_id = chosen_item.item_id
       WHERE pairs > 0 AND (${holds}) AND ${value} <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${maxNames}`,
    ),
  )
}

/** Returns the licences of the chosen items, as named in their annotation files. */
export const listChosenLicences = (db: ReadableDb): Named => listContextValues(db, ['license', 'licence'])

/** Returns the sources of the chosen items, as named in their annotation files. */
export const listChosenSources = (db: ReadableDb): Named => listContextValues(db, ['source'])
