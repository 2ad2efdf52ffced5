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

/** Calls about snapshots, which show the decisions of all reviewers. `export.start` and `export.plan` also accept a snapshot. */
export const snapshotCalls = {
  /** newest first */
  'snapshot.list': call(nothing, z.array(snapshotSummarySchema), 'lead', { reads: ['snapshots'] }),
  'snapshot.get': call(z.object({ id: idSchema }), snapshotSchema, 'lead', { reads: ['snapshots'] }),
  /** what a snapshot with this filter would contain; changes nothing */
  'snapshot.preview': call(z.object({ filter: snapshotFilterSchema }), snapshotPreviewSchema, 'lead', {
    reads: ['items', 'pairs', 'marks'],
  }),
  /** null if it was cancelled; the event `snapshot.progress` reports the progress */
  'snapshot.create': call(snapshotRequestSchema, snapshotSchema.nullable(), 'lead', { changes: ['snapshots'] }),
  'snapshot.cancel': call(nothing, z.null(), 'shared', {}),
  /** its exports stay, but cannot be repeated */
  'snapshot.delete': call(z.object({ id: idSchema }), z.null(), 'lead', { changes: ['snapshots'] }),
  /** the card of a snapshot: facts about its pairs, the text that its lead wrote, and who saved that text when */
  'snapshot.card': call(
    z.object({ id: idSchema }),
    z.object({ text: z.string(), savedBy: z.string().nullable(), savedAt: timeSchema.nullable() }),
    'lead',
    { reads: ['snapshots'] },
  ),
  'snapshot.saveCard': call(z.object({ id: idSchema, text: z.string().max(500_000) }), z.null(), 'lead', { changes: ['snapshots'] }),
  /** numbers of pairs that were added, removed and changed from `before` to `after` */
  'snapshot.diff': call(two, snapshotDiffSchema, 'lead', { reads: ['snapshots'] }),
  /** the differences by item, then by pair; only of one kind if it is given */
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
