import { afterEach, describe, expect, test } from 'vitest'
import sql from 'sql-template-tag'
import { freshDatabase } from '../../support/freshDatabase'
import { logSlowQueries, prepare, readValue, readValues } from '../../../src/main/store/sql/statement'

/** Takes SQLite some hundred milliseconds, also on a fast machine. */
const counted = 3_000_000
const slow = (secret: string) => sql`WITH RECURSIVE n (i) AS (SELECT 1
  UNION ALL SELECT i + 1 FROM n WHERE i < ${counted}) SELECT count(*) FROM n WHERE ${secret} <> ''`

const lines: string[] = []
afterEach(() => {
  logSlowQueries(null)
  lines.length = 0
})

describe('the log of slow queries', () => {
  test('names the text of a query that took long, and none of its values', () => {
    logSlowQueries((line) => lines.push(line))
    const db = freshDatabase()
    expect(readValue(db, slow('a secret'))).toBe(counted)
    expect(lines).toEqual([
      expect.stringMatching(/^slow query \(\d+ ms\): WITH RECURSIVE n \(i\) AS \(SELECT 1 UNION ALL .* WHERE \? <> ''$/),
    ])
    db.close()
  })

  test('counts the time of SQLite alone where rows are read one by one', () => {
    logSlowQueries((line) => lines.push(line))
    const db = freshDatabase()
    const read = prepare(db, slow('x').sql)
      .pluck()
      .iterate(...slow('x').values)
    expect([...read]).toEqual([counted])
    expect(lines).toHaveLength(1)
    const rows = prepare(db, `SELECT value FROM json_each('[1,2,3]')`).pluck().iterate()
    for (const _ of rows) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30)
    expect(lines).toHaveLength(1)
    db.close()
  })

  test('is off until it is asked for', () => {
    const db = freshDatabase()
    expect(readValues(db, slow('x'))).toEqual([counted])
    expect(lines).toEqual([])
    db.close()
  })
})
