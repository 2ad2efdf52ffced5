import { z } from 'zod'
import { timeSchema } from './base'

/** When the exemplars are good enough: so many accepted from so many items, and a share of the last decided accepted without edit. */
export const coldStartRuleSchema = z.object({
  accepted: z.number().int().min(1).max(1000),
  items: z.number().int().min(1).max(1000),
  share: z.number().min(0).max(1),
  window: z.number().int().min(1).max(1000),
})
export type ColdStartRule = z.infer<typeof coldStartRuleSchema>
export const defaultColdStartRule: ColdStartRule = { accepted: 6, items: 3, share: 0.8, window: 20 }

export const coldStartSchema = z.object({ rule: coldStartRuleSchema, closedAt: timeSchema.nullable() })
export type ColdStart = z.infer<typeof coldStartSchema>
