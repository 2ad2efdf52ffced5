import { z } from 'zod'
import { idSchema } from '../domain'
import { lookCountsSchema, lookSchema, ownFiguresSchema, qualitySettingsSchema } from '../quality'
import { call, nothing } from './call'

/** Calls about second reviews, attention checks and a reviewer’s own figures. */
export const qualityCalls = {
  'quality.settings': call(nothing, qualitySettingsSchema, 'shared', { reads: ['quality'] }),
  'quality.saveSettings': call(qualitySettingsSchema, qualitySettingsSchema, 'shared', {
    changes: ['quality'],
    answers: 'quality.settings',
  }),
  /** second looks and disagreements, for the reviewer who asks */
  'quality.counts': call(nothing, lookCountsSchema, 'own', { reads: ['pairs'] }),
  /** null where there is none, or it is not the reviewer's to see; `resolving`: in the queue of disagreements */
  'quality.look': call(z.object({ candidateId: idSchema, resolving: z.boolean() }), lookSchema.nullable(), 'own', { reads: ['pairs'] }),
  'quality.ownFigures': call(nothing, ownFiguresSchema, 'own', { reads: ['pairs'] }),
} as const
