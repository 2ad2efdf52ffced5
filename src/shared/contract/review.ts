import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { idSchema } from '../domain'
import { deskSchema, marksSchema, qualitySchema, reviewSettingsSchema, savedViewSchema, workSchema, workSessionSchema } from '../review'
import { lookCountsSchema, lookSchema, ownFiguresSchema, qualitySettingsSchema } from '../quality'
import { call, nothing } from './call'

/** Calls about the review desk except decisions: second reviews, attention checks and a reviewer's own figures. */
export const reviewCalls = {
  'desk.get': call(nothing, deskSchema, 'own', { reads: ['desk'] }),
  'desk.save': call(deskSchema, deskSchema, 'own', { changes: ['desk'], answers: 'desk.get' }),
  'session.start': call(workSchema, workSessionSchema, 'own', { changes: ['sessions'] }),
  'session.keep': call(workSessionSchema.extend(workSchema.shape), z.null(), 'own', { changes: ['sessions'] }),
  /** sums the reviewer's sessions that began at `from` or later */
  'session.sum': call(z.object({ from: z.number() }), workSchema, 'own', { reads: ['sessions'] }),
  'marks.get': call(z.object({ candidateId: idSchema }), marksSchema, 'own', { reads: ['marks'] }),
  'marks.flag': call(z.object({ candidateId: idSchema, flagged: z.boolean() }), marksSchema, 'own', { changes: ['marks'] }),
  'marks.tag': call(z.object({ candidateId: idSchema, tag: textSchema.trim().min(1).max(60), tagged: z.boolean() }), marksSchema, 'own', {
    changes: ['marks'],
  }),
  'marks.comment': call(z.object({ candidateId: idSchema, body: textSchema.trim().min(1).max(4000) }), marksSchema, 'own', {
    changes: ['marks'],
  }),
  'marks.removeComment': call(z.object({ candidateId: idSchema, commentId: idSchema }), marksSchema, 'own', { changes: ['marks'] }),
  'marks.rate': call(
    z.object({ candidateId: idSchema, quality: qualitySchema, value: z.number().int().min(1).max(5).nullable() }),
    marksSchema,
    'own',
    { changes: ['marks'] },
  ),
  'marks.tags': call(nothing, z.array(z.string()), 'shared', { reads: ['marks'] }),
  'view.list': call(nothing, z.array(savedViewSchema), 'shared', { reads: ['views'] }),
  'view.save': call(savedViewSchema.omit({ id: true }), z.array(savedViewSchema), 'shared', { changes: ['views'], answers: 'view.list' }),
  'view.remove': call(z.object({ id: idSchema }), z.array(savedViewSchema), 'shared', { changes: ['views'], answers: 'view.list' }),
  'review.settings': call(nothing, reviewSettingsSchema, 'shared', { reads: ['reviewSettings'] }),
  'review.saveSettings': call(reviewSettingsSchema, reviewSettingsSchema, 'shared', {
    changes: ['reviewSettings'],
    answers: 'review.settings',
  }),
  'quality.settings': call(nothing, qualitySettingsSchema, 'shared', { reads: ['quality'] }),
  'quality.saveSettings': call(qualitySettingsSchema, qualitySettingsSchema, 'shared', {
    changes: ['quality'],
    answers: 'quality.settings',
  }),
  /** numbers of second reviews and disagreements for the active reviewer */
  'quality.counts': call(nothing, lookCountsSchema, 'own', { reads: ['pairs'] }),
  /** null if there is none or the reviewer may not see it; `resolving`: in the queue of disagreements */
  'quality.look': call(z.object({ candidateId: idSchema, resolving: z.boolean() }), lookSchema.nullable(), 'own', { reads: ['pairs'] }),
  'quality.ownFigures': call(nothing, ownFiguresSchema, 'own', { reads: ['pairs'] }),
} as const
