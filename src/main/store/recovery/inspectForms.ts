import { z } from 'zod'
import {
  comparisonSideSchema,
  contextSchema,
  generationSettingsSchema,
  runSettingsSchema,
  runUnusedSchema,
  trialReplySchema,
  unusedFieldSchema,
  type DoctorReport,
} from '../../../shared/domain'
import { typedPairsSchema } from '../../../shared/editing'
import { Problem } from '../../../shared/problem'
import { reviewSettingsSchema } from '../../../shared/review'
import { type Message, message } from '../../../shared/messages/message'
import { snapshotFactsSchema, snapshotFilterSchema, splitSharesSchema } from '../../../shared/snapshot'
import { storedRecipeSchema } from '../snapshots/snapshots'
import { processIdentitySchema } from './processIdentity'
import { driverOf, type ReadableDb } from '../sql/types'
import { parseStored } from '../sql/stored'

type Finding = DoctorReport['findings'][number]

export const formsCheck = 'what is stored as JSON has its form'

interface Stored {
  readonly schema: z.ZodType
  readonly what: (id: string | number) => Message
  /** Selects the id (NULL if there is only one row) and the JSON. */
  readonly sql: string
}

const stored: readonly Stored[] = [
  {
    schema: contextSchema,
    what: (id) => message('store.rowOf.context', { id }),
    sql: `SELECT source_id, body FROM context JOIN item ON item.id = item_id`,
  },
  { schema: runSettingsSchema, what: (id) => message('store.rowOf.run', { id }), sql: `SELECT id, settings FROM run` },
  {
    schema: runUnusedSchema,
    what: (id) => message('store.rowOf.run', { id }),
    sql: `SELECT id, unused_fields FROM run WHERE unused_fields IS NOT NULL`,
  },
  {
    schema: unusedFieldSchema.array(),
    what: (id) => message('store.rowOf.call', { id }),
    sql: `SELECT id, unused_fields FROM call WHERE unused_fields IS NOT NULL`,
  },
  {
    schema: processIdentitySchema,
    what: (id) => message('doctor.runOwner', { id }),
    sql: `SELECT id, owner FROM run WHERE owner IS NOT NULL AND state = 'running'`,
  },
  {
    schema: reviewSettingsSchema,
    what: () => message('store.rowOf.reviewSettings'),
    sql: `SELECT NULL, review_settings FROM project WHERE review_settings IS NOT NULL`,
  },
  { schema: runSettingsSchema, what: (id) => message('store.rowOf.comparison', { id }), sql: `SELECT id, settings FROM comparison` },
  {
    schema: comparisonSideSchema,
    what: (id) => message('store.rowOf.comparison', { id }),
    sql: `SELECT id, first FROM comparison UNION ALL SELECT id, second FROM comparison`,
  },
  { schema: trialReplySchema, what: () => message('store.rowOf.trialReply'), sql: `SELECT NULL, body FROM trial_reply` },
  {
    schema: snapshotFactsSchema,
    what: (id) => message('store.rowOf.snapshot', { name: id }),
    sql: `SELECT name, facts FROM snapshot`,
  },
  {
    schema: snapshotFilterSchema,
    what: (id) => message('store.rowOf.snapshot', { name: id }),
    sql: `SELECT name, filter FROM snapshot`,
  },
  {
    schema: splitSharesSchema,
    what: (id) => message('store.rowOf.snapshot', { name: id }),
    sql: `SELECT name, shares FROM snapshot`,
  },
  {
    schema: storedRecipeSchema,
    what: (id) => message('store.rowOf.snapshot', { name: id }),
    sql: `SELECT name, recipe FROM snapshot`,
  },
  {
    schema: contextSchema,
    what: (id) => message('store.rowOf.context', { id }),
    sql: `SELECT source_id, context FROM snapshot_item JOIN item ON item.id = item_id`,
  },
  {
    schema: runSettingsSchema,
    what: (id) => message('store.rowOf.run', { id }),
    sql: `SELECT run_id, settings FROM snapshot_run`,
  },
  { schema: typedPairsSchema, what: () => message('store.rowOf.form'), sql: `SELECT NULL, body FROM typed_pair` },
  {
    schema: generationSettingsSchema,
    what: () => message('store.rowOf.promptSettings'),
    sql: `SELECT NULL, generation_settings FROM project`,
  },
]

const rowSchema = z.tuple([z.union([z.string(), z.number(), z.null()]), z.unknown()])
const most = 20

/** Parses every context and all settings with the schemas that the rest of the program uses; returns at most 20 findings. */
export function inspectForms(db: ReadableDb): Finding[] {
  const findings: Finding[] = []
  for (const { schema, what, sql } of stored)
    for (const row of driverOf(db).prepare(sql).raw().iterate()) {
      const [id, text] = rowSchema.parse(row)
      const problem = problemOf(() => parseStored(schema, text, what(id ?? '')))
      if (problem)
        findings.push({
          check: formsCheck,
          message: problem.text,
          remedy: message('problem.restoreBackup'),
        })
      if (findings.length === most) return findings
    }
  return findings
}

function problemOf(read: () => unknown): Problem | null {
  try {
    read()
    return null
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}
