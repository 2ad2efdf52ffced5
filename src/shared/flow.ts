import { z } from 'zod'
import { idSchema } from './domain'
import { queueOrderSchema } from './review'
import { cardKindSchema } from './table'
import { tableSortSchema } from './tableSort'

/** How a reviewer has set up the desk of a project; it comes back with the project. */
export const deskSchema = z.object({
  order: queueOrderSchema,
  /** all pairs of an item at a time */
  wholeItem: z.boolean(),
  /** cards beside each other in the grid */
  gridColumns: z.number().int().min(2).max(5).default(3),
  gridCards: cardKindSchema.default('pairs'),
})
export type Desk = z.infer<typeof deskSchema>
export const defaultDesk: Desk = { order: { kind: 'import', seed: 1 }, wholeItem: false, gridColumns: 3, gridCards: 'pairs' }

/** The order of a queue: one that a reviewer sets, or that of the table which it was opened from. */
export const listOrderSchema = z.union([queueOrderSchema, tableSortSchema])
export type ListOrder = z.infer<typeof listOrderSchema>

/** Where a page of an ordered queue ended: `queue` names the order as it was made, `at` is a place in it. */
export const queueCursorSchema = z.object({ queue: idSchema, at: z.number().int().nonnegative() })
export type QueueCursor = z.infer<typeof queueCursorSchema>

/** What a review session has come to. */
export const workSchema = z.object({
  /** pairs decided, less those that were taken back */
  decisions: z.number().int().nonnegative(),
  /** milliseconds, idle time and pauses left out */
  activeMs: z.number().nonnegative(),
})
export type Work = z.infer<typeof workSchema>

/** A session is found by its number and start, so that what comes late from one project is never written into another. */
export const workSessionSchema = z.object({ id: idSchema, startedAt: z.number().int() })
export type WorkSessionKey = z.infer<typeof workSessionSchema>
