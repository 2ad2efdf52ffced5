import { z } from 'zod'
import { exportStepSchema, idSchema } from '../domain'
import { problemSchema } from '../problem'
import { topicSchema } from './call'
import { runProgressSchema } from './runs'

/** What main sends to the window unasked; at most 10 a second each. */
export const events = {
  'run.progress': runProgressSchema,
  'import.progress': z.object({ done: z.number(), total: z.number().nullable(), problems: z.number() }),
  'export.progress': z.object({ done: z.number(), total: z.number(), step: exportStepSchema.optional() }),
  /** data was changed by something other than this window's last call */
  'data.changed': z.object({ topics: z.array(topicSchema) }),
  /** a run ended before its last item by a fault of this machine, such as a full disk; it can be resumed */
  'run.failed': z.object({ runId: idSchema, problem: problemSchema }),
  /** the open project had to be closed */
  'project.failed': problemSchema,
  /** the open project was not backed up; earlier backups were kept */
  'backup.failed': problemSchema,
  /** a menu item was chosen */
  'menu.action': z.object({ action: z.string() }),
} as const
export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>
