import { z } from 'zod'
import type { DoctorReport } from '../../../shared/domain'
import { driverOf, type ReadableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'

export const numbersCheck = 'numbers are such as can be read'

const tableSchema = z.object({ name: z.string() }).array()
const columnSchema = z.object({ name: z.string(), type: z.string() }).array()
const countSchema = z.number()

/** Finds tables with integers that JavaScript cannot represent exactly: a list or an export would fail at such a row. */
export function inspectNumbers(db: ReadableDb): DoctorReport['findings'] {
  const tables = tableSchema.parse(
    driverOf(db)
      .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
      .all(),
  )
  return tables.flatMap(({ name }) => {
    const columns = columnSchema
      .parse(driverOf(db).prepare(`SELECT name, type FROM pragma_table_info(?)`).all(name))
      .filter(({ type }) => type.startsWith('INT'))
      .map((column) => `"${column.name}"`)
    if (columns.length === 0) return []
    const most = Number.MAX_SAFE_INTEGER
    const beyond = columns.map((column) => `${column} NOT BETWEEN -${most} AND ${most}`).join(' OR ')
    const rows = countSchema.parse(driverOf(db).prepare(`SELECT count(*) FROM "${name}" WHERE ${beyond}`).pluck().get())
    if (rows === 0) return []
    const fault = message('doctor.numberTooLarge', { count: rows, table: name })
    return [{ check: numbersCheck, message: fault, remedy: message('problem.restoreBackup') }]
  })
}
