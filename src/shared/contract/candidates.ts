import { z } from 'zod'
import { candidateOriginSchema, candidateSchema, countsSchema, decisionSchema, draftSchema, idSchema, usedExemplarSchema } from '../domain'
import { candidateCursorSchema, candidateFilterSchema, listOrderSchema, queueCursorSchema } from '../review'
import { lookQueueSchema } from '../quality'
import { cardKindSchema, foundSchema, maxCardsPerPage, maxIdsPerPage, maxRowsPerPage, tableRowSchema, tableSortSchema } from '../table'
import { call, nothing } from './call'

const candidateDetailSchema = z.object({
  candidate: candidateSchema,
  /** in the order of the prompt */
  exemplars: z.array(usedExemplarSchema),
  decisions: z.array(decisionSchema),
  draft: draftSchema.nullable(),
})
export type CandidateDetail = z.infer<typeof candidateDetailSchema>

/** Position in a list; without `sort` the list is in import order. */
const place = z.object({ filter: candidateFilterSchema, sort: tableSortSchema.optional(), from: z.number().int().nonnegative() })

/** A grid: its contents and the number of its order, which was fixed when the grid was opened; null opens it again. */
const grid = z.object({ filter: candidateFilterSchema, order: listOrderSchema, cards: cardKindSchema, queue: idSchema.nullable() })
const inGrid = grid.extend({ queue: idSchema, from: z.number().int().nonnegative() })

/** Calls about lists of candidates. */
export const candidateCalls = {
  'candidate.page': call(
    z.object({ filter: candidateFilterSchema, after: candidateCursorSchema.nullable(), limit: z.number().int().min(1).max(200) }),
    z.object({ candidates: z.array(candidateSchema), next: candidateCursorSchema.nullable() }),
    'own',
    { reads: ['pairs', 'marks'] },
  ),
  /** `look`: returns the candidate as that queue shows it */
  'candidate.get': call(z.object({ id: idSchema, look: lookQueueSchema.optional() }), candidateDetailSchema, 'own', {
    reads: ['pairs', 'drafts'],
  }),
  /** the origin of a pair. The reply is hidden if it would reveal what blind review or attention checks hide. */
  'candidate.origin': call(z.object({ id: idSchema }), candidateOriginSchema, 'own', { reads: ['pairs', 'items', 'prompt'] }),
  'candidate.counts': call(nothing, countsSchema, 'own', { reads: ['pairs'] }),
  /** the candidates that exist, in the order of the ids */
  'candidate.list': call(z.object({ ids: z.array(idSchema).max(200) }), z.array(candidateSchema), 'own', { reads: ['pairs'] }),
  /** number of candidates that match a filter */
  'candidate.count': call(z.object({ filter: candidateFilterSchema }), z.number().int(), 'own', { reads: ['pairs', 'marks'] }),
  /** a page of an order that `candidate.page` does not support; see `main/calls/queues.ts` */
  'candidate.queue': call(
    z.object({
      filter: candidateFilterSchema,
      order: listOrderSchema,
      after: queueCursorSchema.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({ candidates: z.array(candidateSchema), next: queueCursorSchema.nullable(), total: z.number().int() }),
    'own',
    { reads: ['pairs', 'marks'] },
  ),
  /** the pairs with the most similar wording, most similar first */
  'candidate.similar': call(z.object({ id: idSchema, limit: z.number().int().min(1).max(100) }), z.array(candidateSchema), 'own', {
    reads: ['pairs'],
  }),
  'table.rows': call(place.extend({ limit: z.number().int().min(1).max(maxRowsPerPage) }), z.array(tableRowSchema), 'own', {
    reads: ['pairs', 'marks'],
  }),
  'table.ids': call(place.extend({ limit: z.number().int().min(1).max(maxIdsPerPage) }), z.array(idSchema), 'own', {
    reads: ['pairs', 'marks'],
  }),
  /**
   * Opens the order of a grid, which does not change while pairs are decided. `place`: index of the card that contains the requested pair;
   * null if no card does or no pair was requested
   */
  'grid.open': call(
    grid.extend({ candidateId: idSchema.nullable() }),
    z.object({ queue: idSchema, total: z.number().int(), place: z.number().int().nullable() }),
    'own',
    { reads: ['pairs', 'marks'] },
  ),
  /**
   * a page of cards with their pairs: `ids` lists the first pair of each card, `rows` the pairs of all cards; null if the order has expired
   */
  'grid.rows': call(
    inGrid.extend({ limit: z.number().int().min(1).max(maxCardsPerPage) }),
    z.object({ ids: z.array(idSchema), rows: z.array(tableRowSchema) }).nullable(),
    'own',
    { reads: ['pairs', 'marks'] },
  ),
  'grid.ids': call(inGrid.extend({ limit: z.number().int().min(1).max(maxIdsPerPage) }), z.array(idSchema).nullable(), 'own', {
    reads: ['pairs', 'marks'],
  }),
  'candidate.found': call(z.object({ filter: candidateFilterSchema }), foundSchema, 'own', { reads: ['pairs', 'marks'] }),
  'table.key': call(place, z.union([candidateCursorSchema, queueCursorSchema]).nullable(), 'own', { reads: ['pairs', 'marks'] }),
  'language.list': call(nothing, z.object({ languages: z.array(z.string()), waiting: z.number().int() }), 'own', { reads: ['pairs'] }),
} as const
