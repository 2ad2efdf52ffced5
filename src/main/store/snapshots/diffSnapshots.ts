import sql, { join, raw, type Sql } from 'sql-template-tag'
import { z } from 'zod'
import { splitSchema } from '../../../shared/domain'
import {
  diffKindSchema,
  pairChangeSchema,
  type DiffCursor,
  type DiffEntry,
  type DiffKind,
  type DiffPage,
  type PairChange,
  type SnapshotDiff,
} from '../../../shared/snapshot'
import { readRow, readRows, readValue } from '../sql/statement'
import { numberSchema } from '../sql/stored'
import type { ReadableDb } from '../sql/types'
import { heldText, joinHeldText, wholeText } from './heldText'
import { readSnapshotItems } from './snapshotPairs'

/** Ids of two snapshots. */
interface Two {
  readonly before: number
  readonly after: number
}

/**
 * Joins the approved pairs of one snapshot, `held`, with those of another, `other`, in one walk along their keys. Snapshots share the item
 * of an unchanged pair, and its version of the text.
 */
const beside = (held: number, other: number, joined: 'LEFT' | 'INNER'): Sql => sql`snapshot_pair AS held
  ${joined === 'LEFT' ? sql`LEFT JOIN` : sql`CROSS JOIN`} snapshot_pair AS other ON other.snapshot_id = ${other} AND other.item_id = held.item_id
    AND other.candidate_id = held.candidate_id AND other.state <> 'rejected'
  WHERE held.snapshot_id = ${held} AND held.state <> 'rejected'`

const differsIn = (ofItem: (id: Sql) => Sql): Sql =>
  sql`(held.snapshot_item_id <> other.snapshot_item_id AND ${ofItem(sql`held.snapshot_item_id`)} <> ${ofItem(sql`other.snapshot_item_id`)})`

/** Conditions for each kind of change of a pair that is in both snapshots. */
const changes: Readonly<Record<PairChange, Sql>> = {
  text: sql`(held.text_version <> other.text_version AND ${wholeText('held')} <> ${wholeText('other')})`,
  media: differsIn((id) => sql`(SELECT media FROM snapshot_item WHERE id = ${id})`),
  context: differsIn((id) => sql`(SELECT context FROM snapshot_item WHERE id = ${id})`),
  split: sql`held.split <> other.split`,
  decision: sql`(held.decision_id <> other.decision_id OR held.turn IS NOT other.turn)`,
}
const isChanged = sql`(${changes.text} OR held.snapshot_item_id <> other.snapshot_item_id OR ${changes.split} OR ${changes.decision})`

const countsSchema = z.object({
  both: z.number(),
  changed: z.number(),
  text: z.number(),
  media: z.number(),
  context: z.number(),
  split: z.number(),
  decision: z.number(),
})

const countPairs = (db: ReadableDb, id: number): number =>
  numberSchema.parse(readValue(db, sql`SELECT count(*) FROM snapshot_pair WHERE snapshot_id = ${id} AND state <> 'rejected'`))

/** Counts the added, removed and changed pairs. The time grows with the size of the snapshots, so call it in the helper process. */
export function diffSnapshots(db: ReadableDb, { before, after }: Two): SnapshotDiff {
  const names = pairChangeSchema.options
  const columns = join([sql`both`, sql`changed`, ...names.map((name) => raw(name))], ', ')
  const sums = join(
    [isChanged, ...names.map((name) => changes[name])].map((condition) => sql`coalesce(sum(${condition}), 0)`),
    ', ',
  )
  const { both, changed, ...byChange } = countsSchema.parse(
    readRow(db, sql`WITH found (${columns}) AS (SELECT count(*), ${sums} FROM ${beside(before, after, 'INNER')}) SELECT * FROM found`),
  )
  return {
    added: countPairs(db, after) - both,
    removed: countPairs(db, before) - both,
    changed,
    unchanged: both - changed,
    changes: byChange,
  }
}

const keySchema = z.object({ itemId: z.number(), id: z.number(), kind: diffKindSchema })
type Key = z.infer<typeof keySchema>

/** Returns the FROM and WHERE clauses that find the pairs with one kind of difference. */
function rowsOfKind({ before, after }: Two, kind: DiffKind): Sql {
  switch (kind) {
    case 'added':
      return sql`${beside(after, before, 'LEFT')} AND other.candidate_id IS NULL`
    case 'removed':
      return sql`${beside(before, after, 'LEFT')} AND other.candidate_id IS NULL`
    case 'changed':
      return sql`${beside(before, after, 'INNER')} AND ${isChanged}`
  }
}

interface Page {
  readonly kind?: DiffKind | undefined
  readonly cursor: DiffCursor | null
  readonly limit: number
}

/** Returns a page of the differences, by item, then by age. */
export function listDifferences(db: ReadableDb, two: Two, { kind, cursor, limit }: Page): DiffPage {
  const { itemId, id } = cursor ?? { itemId: 0, id: 0 }
  const found = (kind === undefined ? diffKindSchema.options : [kind]).map(
    (each) => sql`SELECT * FROM (SELECT held.item_id AS itemId, held.candidate_id AS id, ${each} AS kind FROM ${rowsOfKind(two, each)}
      AND (held.item_id, held.candidate_id) > (${itemId}, ${id}) ORDER BY held.item_id, held.candidate_id LIMIT ${limit})`,
  )
  const keys = keySchema.array().parse(readRows(db, sql`${join(found, ' UNION ALL ')} ORDER BY itemId, id LIMIT ${limit}`))
  const last = keys.at(-1)
  return { entries: readEntries(db, two, keys), next: last && keys.length === limit ? { itemId: last.itemId, id: last.id } : null }
}

const sideSchema = z.object({
  snapshotId: z.number(),
  id: z.number(),
  wholeText: z.string(),
  decisionId: z.number(),
  turn: z.number().nullable(),
  snapshotItemId: z.number(),
  media: z.string(),
  context: z.string(),
  state: z.enum(['accepted', 'edited']),
  split: splitSchema,
  reviewer: z.string(),
  instruction: z.string(),
  response: z.string(),
})
type Side = z.infer<typeof sideSchema>

function readEntries(db: ReadableDb, { before, after }: Two, keys: readonly Key[]): DiffEntry[] {
  const sides = sideSchema.array().parse(
    readRows(
      db,
      sql`SELECT snapshot_id AS snapshotId, held.candidate_id AS id, ${wholeText('held')} AS wholeText, decision_id AS decisionId, turn,
        snapshot_item_id AS snapshotItemId, snapshot_item.media, context, state, split, reviewer, ${heldText('instruction')}, ${heldText('response')}
      FROM json_each(${JSON.stringify(keys.map(({ itemId, id }) => [itemId, id]))}) AS asked
        CROSS JOIN snapshot_pair AS held ON snapshot_id IN (${before}, ${after}) AND held.item_id = asked.value ->> 0
          AND held.candidate_id = asked.value ->> 1
        ${joinHeldText}
        CROSS JOIN snapshot_item ON snapshot_item.id = snapshot_item_id
        CROSS JOIN decision ON decision.id = decision_id
      WHERE state <> 'rejected'`,
    ),
  )
  const sideOf = new Map(sides.map((side) => [`${side.snapshotId} ${side.id}`, side]))
  const items = readSnapshotItems(db, [...new Set(sides.map(({ snapshotItemId }) => snapshotItemId))])
  const show = (side: Side | undefined): DiffEntry['before'] => {
    if (!side) return null
    const { state, split, reviewer, instruction, response } = side
    const media = items.get(side.snapshotItemId)?.media ?? []
    return { state, split, reviewer, instruction, response, media: media.map(({ fileName, sha256 }) => ({ fileName, sha256 })) }
  }
  return keys.map(({ id, kind }) => {
    const [one, other] = [sideOf.get(`${before} ${id}`), sideOf.get(`${after} ${id}`)]
    return {
      candidateId: id,
      item: items.get((one ?? other)?.snapshotItemId ?? 0)?.sourceId ?? '',
      kind,
      changes: one && other ? listChanges(one, other) : [],
      ...{ before: show(one), after: show(other) },
    }
  })
}

function listChanges(one: Side, other: Side): PairChange[] {
  const differs: Readonly<Record<PairChange, boolean>> = {
    text: one.wholeText !== other.wholeText,
    media: one.media !== other.media,
    context: one.context !== other.context,
    split: one.split !== other.split,
    decision: one.decisionId !== other.decisionId || one.turn !== other.turn,
  }
  return pairChangeSchema.options.filter((change) => differs[change])
}
