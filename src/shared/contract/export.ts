import { z } from 'zod'
import { exportFormatSchema, exportPlanSchema, exportRecordSchema, exportReportSchema, idSchema } from '../domain'
import { call, nothing } from './call'

/** Calls about exports. */
export const exportCalls = {
  /** null where it was stopped; `itemIds`: of these items alone */
  'export.start': call(
    z.object({ format: exportFormatSchema, directory: z.string(), itemIds: z.array(idSchema).optional() }),
    exportReportSchema.nullable(),
    'lead',
    { changes: ['exports'] },
  ),
  /** what it would write, and whether the folder has room for it */
  'export.plan': call(z.object({ format: exportFormatSchema, directory: z.string().nullable() }), exportPlanSchema, 'lead', {
    reads: ['items', 'pairs', 'recipe'],
  }),
  /** the exports of the open project on this computer, newest first; `exists`: the folder is there */
  'export.history': call(nothing, z.array(exportRecordSchema.extend({ exists: z.boolean() })), 'lead', { reads: ['exports'] }),
  'export.cancel': call(nothing, z.null(), 'shared', {}),
} as const
