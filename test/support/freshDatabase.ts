import { createSchema } from '../../src/main/store/schema/schema'
import { connect } from '../../src/main/store/sql/database'
import type { WritableDb } from '../../src/main/store/sql/types'

/** An empty project file in memory alone, with the present schema. */
export function freshDatabase(): WritableDb {
  const db = connect(':memory:')
  createSchema(db)
  return db
}
