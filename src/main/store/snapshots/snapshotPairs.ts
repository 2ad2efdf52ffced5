import sql, { join } from 'sql-template-tag'
import { z } from 'zod'
import {
  contextSchema,
  runSettingsSchema,
  splitSchema,
  type Context,
  type Item,
  type Media,
  type RunSettings,
  type Split,
} from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { readCandidates, readExemplarIds } from '../candidates/candidates'
import { approvedMediaSchema, sumRowBytes, type ApprovedMedia, type TrainingBytes } from '../candidates/approvedMedia'
import { createOriginReader, type ApprovedPair } from '../candidates/approved'
import { listMediaById } from '../library/media'
import { finalDecisionSchema } from '../decisions/decisionHistory'
import { reasonsText } from '../decisions/reasons'
import { prepare, readRows, readTuples, valuesOf } from '../sql/statement'
import { parseStored } from '../sql/stored'
import { heldText, joinHeldText } from './heldText'
import type { ReadableDb } from '../sql/types'

/** Number of pairs per page. */
const pageSize = 500

const stateSchema = z.enum(['accepted', 'edited', 'rejected'])
export type HeldState = z.infer<typeof stateSchema>

const rowSchema = finalDecisionSchema.extend({
  itemId: z.number(),
  id: z.number(),
  snapshotItemId: z.number(),
  state: stateSchema,
  turn: z.number().nullable(),
  split: splitSchema,
  reason: z.string().nullable(),
  instruction: z.string(),
  response: z.string(),
  draft_instruction: z.string().nullable(),
  draft_response: z.string().nullable(),
  rationale: z.string().nullable(),
})
const rowsSchema = rowSchema.array()
type Row = z.infer<typeof rowSchema>

interface Held {
  readonly snapshotId: number
  readonly states: readonly HeldState[]
  /** Only pairs of this split. */
  readonly split?: Split | undefined
}

function readPage(db: ReadableDb, { snapshotId, states, split }: Held, after: { itemId: number; id: number }): Row[] {
  const ofSplit = split === undefined ? sql`` : sql`AND held.split = ${split}`
  return rowsSchema.parse(
    readRows(
      db,
      sql`SELECT held.item_id AS itemId, held.candidate_id AS id, snapshot_item_id AS snapshotItemId, held.state, held.turn, held.split,
        verdict, reviewer, seconds, decided_at AS decidedAt, ${reasonsText('decision.reason_list_id')} AS reason,
        ${heldText('instruction')}, ${heldText('response')}, ${heldText('draft_instruction')},
        ${heldText('draft_response')}, ${heldText('rationale')}
      FROM (SELECT * FROM snapshot_pair AS held WHERE snapshot_id = ${snapshotId} AND (item_id, candidate_id) > (${after.itemId}, ${after.id})
          AND state IN (${join(states)}) ${ofSplit} ORDER BY item_id, candidate_id LIMIT ${pageSize}) AS held
        ${joinHeldText} CROSS JOIN decision ON decision.id = held.decision_id
      ORDER BY held.item_id, held.candidate_id`,
    ),
  )
}

const itemsSchema = z.object({ id: z.number(), sourceId: z.string(), context: z.string() }).array()
const shownSchema = z
  .object({ id: z.number(), position: z.number(), mediaId: z.number().nullable(), missing: z.string().nullable() })
  .array()

interface HeldItem {
  readonly sourceId: string
  readonly context: Context
  readonly media: readonly Media[]
  readonly missing: Item['missing']
}

/** Returns items as stored in snapshots, by their id in `snapshot_item`. */
export function readSnapshotItems(db: ReadableDb, ids: readonly number[]): Map<number, HeldItem> {
  const rows = readRows(
    db,
    sql`SELECT snapshot_item.id, source_id AS sourceId, context FROM snapshot_item JOIN item ON item.id = item_id WHERE snapshot_item.id IN ${valuesOf(ids)}`,
  )
  const shown = shownSchema.parse(
    readRows(
      db,
      sql`SELECT snapshot_item_id AS id, position, media_id AS mediaId, missing_name AS missing FROM snapshot_medium
        WHERE snapshot_item_id IN ${valuesOf(ids)} ORDER BY snapshot_item_id, position`,
    ),
  )
  const media = listMediaById(db, [...new Set(shown.flatMap(({ mediaId }) => mediaId ?? []))])
  const byItem = Map.groupBy(shown, ({ id }) => id)
  return new Map(
    itemsSchema.parse(rows).map(({ id, sourceId, context }) => {
      const places = byItem.get(id) ?? []
      return [
        id,
        {
          sourceId,
          context: parseStored(contextSchema, context, message('store.rowOf.context', { id: sourceId })),
          media: places.flatMap(({ mediaId }) => (mediaId === null ? [] : (media.get(mediaId) ?? []))),
          missing: places.flatMap(({ position, missing }) => (missing === null ? [] : [{ position, name: missing }])),
        },
      ]
    }),
  )
}

const runsSchema = z.tuple([z.number(), z.string()]).array()

const readRunSettings = (db: ReadableDb, snapshotId: number): Map<number, RunSettings> =>
  new Map(
    runsSchema
      .parse(readTuples(db, sql`SELECT run_id, settings FROM snapshot_run WHERE snapshot_id = ${snapshotId}`))
      .map(([id, settings]) => [id, parseStored(runSettingsSchema, settings, message('store.rowOf.run', { id }))]),
  )

/** Yields the pairs of a snapshot in their state at its creation, by item, then by age. Reads them in pages, so that few are in memory. */
export function* listSnapshotPairs(db: ReadableDb, held: Held): IterableIterator<ApprovedPair> {
  const originOf = createOriginReader(db, readRunSettings(db, held.snapshotId))
  let after = { itemId: 0, id: 0 }
  for (;;) {
    const rows = readPage(db, held, after)
    const candidates = new Map(readCandidates(db, rows.map(({ id }) => id)).map((candidate) => [candidate.id, candidate])) // prettier-ignore
    const items = readSnapshotItems(db, [...new Set(rows.map(({ snapshotItemId }) => snapshotItemId))])
    const exemplars = readExemplarIds(db, [...new Set([...candidates.values()].flatMap(({ callId }) => callId ?? []))])
    for (const {
      id,
      itemId,
      snapshotItemId,
      verdict,
      reviewer,
      seconds,
      decidedAt,
      split,
      draft_instruction: draftInstruction,
      draft_response: draftResponse,
      ...text
    } of rows) {
      const [candidate, item] = [candidates.get(id), items.get(snapshotItemId)]
      if (!candidate || !item) continue // foreign keys guarantee that they exist
      const draft = draftInstruction === null || draftResponse === null ? null : { instruction: draftInstruction, response: draftResponse }
      yield {
        ...originOf(candidate, exemplars),
        candidate: { ...candidate, ...text, draft },
        ...{ itemId, itemSourceId: item.sourceId, media: item.media, missing: item.missing, context: item.context, split },
        decision: { verdict, reviewer, seconds, decidedAt },
      }
    }
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = { itemId: last.itemId, id: last.id }
  }
}

/** Returns a batch of the media of a snapshot's pairs, by id. */
export function listSnapshotMedia(db: ReadableDb, snapshotId: number, after: number, limit: number): Media[] {
  const ids = z
    .number()
    .array()
    .parse(
      prepare(
        db,
        `SELECT DISTINCT media_id FROM snapshot_medium WHERE media_id > ?
           AND snapshot_item_id IN (SELECT snapshot_item_id FROM snapshot_pair WHERE snapshot_id = ?) ORDER BY media_id LIMIT ?`,
      )
        .pluck()
        .all(after, snapshotId, limit),
    )
  return [...listMediaById(db, ids).values()].toSorted((a, b) => a.id - b.id)
}

/** Counts the media of a snapshot's items, and sums their bytes. */
export const sumSnapshotMedia = (db: ReadableDb, snapshotId: number): ApprovedMedia =>
  approvedMediaSchema.parse(
    prepare(
      db,
      `SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM media WHERE id IN (SELECT media_id FROM snapshot_medium
         WHERE snapshot_item_id IN (SELECT snapshot_item_id FROM snapshot_pair WHERE snapshot_id = ?))`,
    ).get(snapshotId),
  )

/** Sums the sizes of the content of the rows of a snapshot's pairs. */
export function sumSnapshotTrainingBytes(
  db: ReadableDb,
  snapshotId: number,
  states: readonly HeldState[],
  maxImages: number,
): TrainingBytes {
  const pairs = sql`SELECT snapshot_item_id AS owner, CASE WHEN conversation IS NULL THEN 'pair ' || held.candidate_id
      ELSE coalesce(call_id, conversation_call_id, 0) || ':' || conversation END AS conversation,
      length(CAST(pair.instruction AS BLOB)) + length(CAST(pair.response AS BLOB)) AS texts
    FROM snapshot_pair AS held JOIN pair ON pair.candidate_id = held.candidate_id JOIN candidate ON candidate.id = held.candidate_id
    WHERE snapshot_id = ${snapshotId} AND held.state IN (${join([...states])})`
  const shown = sql`SELECT snapshot_item_id AS owner, media_id FROM snapshot_medium WHERE media_id IS NOT NULL`
  return sumRowBytes(db, pairs, shown, maxImages)
}

const withoutMediaSchema = z.object({ missing: z.number(), none: z.number(), broken: z.number() })

/** Counts the approved pairs of a snapshot whose item missed a medium, had no media, or had unreadable media. Each pair is counted once. */
export const countHeldWithoutMedia = (db: ReadableDb, snapshotId: number): z.infer<typeof withoutMediaSchema> =>
  withoutMediaSchema.parse(
    prepare(
      db,
      `SELECT coalesce(sum(missing), 0) AS missing, coalesce(sum(NOT missing AND none), 0) AS none, coalesce(sum(NOT missing AND broken), 0) AS broken
       FROM (SELECT
         EXISTS (SELECT 1 FROM snapshot_medium AS shown WHERE shown.snapshot_item_id = held.snapshot_item_id AND missing_name IS NOT NULL) AS missing,
         NOT EXISTS (SELECT 1 FROM snapshot_medium AS shown WHERE shown.snapshot_item_id = held.snapshot_item_id) AS none,
         EXISTS (SELECT 1 FROM snapshot_medium AS shown JOIN media ON media.id = media_id
           WHERE shown.snapshot_item_id = held.snapshot_item_id AND problem IS NOT NULL) AS broken
         FROM snapshot_pair AS held WHERE snapshot_id = ? AND state <> 'rejected')`,
    ).get(snapshotId),
  )
