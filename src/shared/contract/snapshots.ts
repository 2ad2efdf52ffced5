import { z } from 'zod'
import { idSchema, timeSchema } from '../domain'
import {
  diffCursorSchema,
  diffKindSchema,
  diffPageSchema,
  snapshotDiffSchema,
  snapshotFilterSchema,
  snapshotPreviewSchema,
  snapshotRequestSchema,
  snapshotSchema,
  snapshotSummarySchema,
} from '../snapshot'
import { call, nothing } from './call'

const two = z.object({ before: idSchema, after: idSchema })

/** Calls about snapshots, which show the decisions of all reviewers. `export.start` and `export.plan` take a snapshot too. */
export const snapshotCalls = {
  /** newest first */
  'snapshot.list': call(nothing, z.array(snapshotSummarySchema), 'lead', { reads: ['snapshots'] }),
  'snapshot.get': call(z.object({ id: idSchema }), snapshotSchema, 'lead', { reads: ['snapshots'] }),
  /** what a snapshot with this filter would hold; changes nothing */
  'snapshot.preview': call(z.object({ filter: snapshotFilterSchema }), snapshotPreviewSchema, 'lead', {
    reads: ['items', 'pairs', 'marks'],
  }),
  /** null where it was cancelled; the event `snapshot.progress` reports how far it is */
  'snapshot.create': call(snapshotRequestSchema, snapshotSchema.nullable(), 'lead', { changes: ['snapshots'] }),
  'snapshot.cancel': call(nothing, z.null(), 'shared', {}),
  /** its exports stay, but cannot be made again */
  'snapshot.delete': call(z.object({ id: idSchema }), z.null(), 'lead', { changes: ['snapshots'] }),
  /** the card of a snapshot: what is counted of its pairs, with what its lead wrote, who saved that, and when */
  'snapshot.card': call(
    z.object({ id: idSchema }),
    z.object({ text: z.string(), savedBy: z.string().nullable(), savedAt: timeSchema.nullable() }),
    'lead',
    { reads: ['snapshots'] },
  ),
  'snapshot.saveCard': call(z.object({ id: idSchema, text: z.string().max(500_000) }), z.null(), 'lead', { changes: ['snapshots'] }),
  /** how many pairs were added, removed and changed from `before` to `after` */
  'snapshot.diff': call(two, snapshotDiffSchema, 'lead', { reads: ['snapshots'] }),
  /** the differences by item, then by pair; only of one kind where that is given */
  'snapshot.diffPage': call(
    two.extend({
      kind: diffKindSchema.optional(),
      cursor: diffCursorSchema.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    diffPageSchema,
    'lead',
    { reads: ['snapshots'] },
  ),
} as const
