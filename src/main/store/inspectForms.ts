import { z } from 'zod'
import { contextSchema, generationSettingsSchema, runSettingsSchema, type DoctorReport } from '../../shared/domain'
import { typedPairsSchema } from '../../shared/editing'
import { Problem } from '../../shared/problem'
import { reviewSettingsSchema } from '../../shared/review'
import type { Database } from './database'
import { parseStored } from './stored'

type Finding = DoctorReport['findings'][number]

export const formsCheck = 'what is stored as JSON has its form'

const stored = [
  { schema: contextSchema, sql: `SELECT 'The context of item ' || source_id, body FROM context JOIN item ON item.id = item_id` },
  { schema: runSettingsSchema, sql: `SELECT 'Run ' || id, settings FROM run` },
  {
    schema: reviewSettingsSchema,
    sql: `SELECT 'What the project asks of its reviewers', review_settings FROM project WHERE review_settings IS NOT NULL`,
  },
  { schema: typedPairsSchema, sql: `SELECT 'What was typed in a form', body FROM typed_pair` },
  { schema: generationSettingsSchema, sql: `SELECT 'How the project asks', generation_settings FROM project` },
] as const

const rowSchema = z.tuple([z.string(), z.unknown()])
const most = 20

/** Reads every context and all settings as the rooms read them; at most 20 findings. */
export function inspectForms(db: Database): Finding[] {
  const findings: Finding[] = []
  for (const { schema, sql } of stored)
    for (const row of db.prepare(sql).raw().iterate()) {
      const [what, text] = rowSchema.parse(row)
      const problem = problemOf(() => parseStored(schema, text, what))
      if (problem) findings.push({ check: formsCheck, message: problem.message, remedy: 'Restore a copy from the backups folder.' })
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
