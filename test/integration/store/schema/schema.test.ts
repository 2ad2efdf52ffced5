import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { computeSchema, hashSchema, schemaHash } from '../../../../src/main/store/schema/schema'
import { freshDatabase } from '../../../support/freshDatabase'

describe('the schema of a new project', () => {
  test('is the one of the snapshot: who changes it updates that, and raises schemaVersion once there are releases', async () => {
    const things = [...computeSchema()].toSorted(([one], [other]) => (one < other ? -1 : 1))
    const text = things.map(([thing, made]) => `-- ${thing}, on ${made}\n`).join('\n')
    await expect(text).toMatchFileSnapshot(path.join(import.meta.dirname, 'schema.snapshot.sql'))
  })

  test('is known by its hash', () => {
    expect(schemaHash).toBe(hashSchema(computeSchema()))
  })

  test('has only strict tables', () => {
    const db = freshDatabase()
    const loose = db.prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    )
    expect(loose.pluck().all()).toEqual([])
    db.close()
  })
})
