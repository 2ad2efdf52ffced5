import { z } from 'zod'
import { exportFormatSchema, exportReportSchema } from '../domain'
import { call, nothing } from './call'

/** Calls about exports. */
export const exportCalls = {
  /** null where it was stopped */
  'export.start': call(z.object({ format: exportFormatSchema, directory: z.string() }), exportReportSchema.nullable(), 'lead', {}),
  'export.cancel': call(nothing, z.null(), 'shared', {}),
} as const
