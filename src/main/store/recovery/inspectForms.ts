import { z } from 'zod'
import { contextSchema, generationSettingsSchema, runSettingsSchema, type DoctorReport } from '../../../shared/domain'
import { typedPairsSchema } from '../../../shared/editing'
import { Problem } from '../../../shared/problem'
import { reviewSettingsSchema } from '../../../shared/review'
import { type Said, say, tell, textOf } from '../../../shared/say'
import { processIdentitySchema } from './processIdentity'
import { driverOf, type ReadableDb } from '../sql/types'
import { parseStored } from '../sql/stored'

type Finding = DoctorReport['findings'][number]

export const formsCheck = 'what is stored as JSON has its form'

interface Stored {
  readonly schema: z.ZodType
  readonly what: (id: string | number | null) => Said
  /** the id, if there are several, and the JSON */
  readonly sql: string
}

const stored: readonly Stored[] = [
  {
    schema: contextSchema,
    what: (id) => say`The context of item ${id}`,
    sql: `SELECT source_id, body FROM context JOIN item ON item.id = item_id`,
  },
  { schema: runSettingsSchema, what: (id) => say`Run ${id}`, sql: `SELECT id, settings FROM run` },
  {
    schema: processIdentitySchema,
    what: (id) => say`Who drives run ${id}`,
    sql: `SELECT id, owner FROM run WHERE owner IS NOT NULL AND state = 'running'`,
  },
  {
    schema: reviewSettingsSchema,
    what: () => say`What the project asks of its reviewers`,
    sql: `SELECT NULL, review_settings FROM project WHERE review_settings IS NOT NULL`,
  },
  { schema: typedPairsSchema, what: () => say`What was typed in a form`, sql: `SELECT NULL, body FROM typed_pair` },
  { schema: generationSettingsSchema, what: () => say`How the project asks`, sql: `SELECT NULL, generation_settings FROM project` },
]

const rowSchema = z.tuple([z.union([z.string(), z.number(), z.null()]), z.unknown()])
const most = 20

/** Reads every context and all settings as the rooms read them; at most 20 findings. */
export function inspectForms(db: ReadableDb): Finding[] {
  const findings: Finding[] = []
  for (const { schema, what, sql } of stored)
    for (const row of driverOf(db).prepare(sql).raw().iterate()) {
      const [id, text] = rowSchema.parse(row)
      const problem = problemOf(() => parseStored(schema, text, what(id)))
      if (problem)
        findings.push({
          check: formsCheck,
          ...tell({ message: textOf(problem, 'message'), remedy: say`Restore a copy from the backups folder.` }),
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
