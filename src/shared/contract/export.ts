import { z } from 'zod'
import { exportFormatSchema, exportReportSchema, idSchema } from '../domain'
import { call, nothing } from './call'

/** Calls about exports. */
export const exportCalls = {
  /** null where it was stopped; `itemIds`: of these items alone */
  'export.start': call(
    z.object({ format: exportFormatSchema, directory: z.string(), itemIds: z.array(idSchema).optional() }),
    exportReportSchema.nullable(),
    'lead',
    {},
  ),
  'export.cancel': call(nothing, z.null(), 'shared', {}),
} as const
