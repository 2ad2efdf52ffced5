import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { doctorReportSchema, projectInfoSchema, recipeIdSchema, statsSchema } from '../domain'
import { recoveryChoiceSchema, recoveryOfferSchema } from '../domain/project'
import { foundPlaceSchema, placeSchema } from '../place'
import { call, everyTopic, nothing } from './call'

export const recentProjectSchema = z.object({ path: z.string(), name: z.string(), openedAt: z.number(), exists: z.boolean() })
export type RecentProject = z.infer<typeof recentProjectSchema>

/** Summary of a closed project for the start screen. */
export const projectCardSchema = z.object({
  recipe: recipeIdSchema,
  items: z.number().int(),
  pairs: z.number().int(),
  /** pairs reviewed by anybody; in blind review by the active reviewer */
  reviewed: z.number().int(),
  /** SHA-256 of the cover medium */
  cover: z.string().nullable(),
})
export type ProjectCard = z.infer<typeof projectCardSchema>

/** Returns the URL of the cover of a project in the list. */
export const coverUrl = (sha256: string) => `media://cover/${sha256}`

/** Calls about projects. */
export const projectCalls = {
  'project.current': call(nothing, projectInfoSchema.nullable(), 'shared', { reads: ['project'] }),
  'project.recent': call(nothing, z.array(recentProjectSchema), 'shared', { reads: ['recentProjects'] }),
  /** null if the project cannot be read without opening it */
  'project.card': call(z.object({ path: z.string() }), projectCardSchema.nullable(), 'own', {
    reads: ['recentProjects', 'items', 'pairs'],
  }),
  /** the last position of the active reviewer in the open project; null on the first visit */
  'project.place': call(nothing, foundPlaceSchema.nullable(), 'own', { reads: ['place', 'pairs'] }),
  'project.savePlace': call(placeSchema, z.null(), 'own', { changes: ['place'] }),
  'project.forget': call(z.object({ path: z.string() }), z.array(recentProjectSchema), 'shared', {
    changes: ['recentProjects'],
    answers: 'project.recent',
  }),
  'project.create': call(
    z.object({ folder: z.string(), name: textSchema.trim().min(1).max(120), recipe: recipeIdSchema }),
    projectInfoSchema,
    'shared',
    { changes: everyTopic, answers: 'project.current' },
  ),
  /** `withDrafts`: returns after the demo generator has drafted pairs for it, if it has none */
  'project.createSample': call(z.object({ withDrafts: z.boolean().optional() }), projectInfoSchema, 'shared', {
    changes: everyTopic,
    answers: 'project.current',
  }),
  'project.open': call(z.object({ path: z.string() }), projectInfoSchema, 'shared', { changes: everyTopic, answers: 'project.current' }),
  /** recovery options for a project whose file is damaged; null if it is intact. Changes nothing. */
  'project.recovery': call(z.object({ path: z.string() }), recoveryOfferSchema.nullable(), 'shared', {}),
  /** replaces the damaged file, which is kept, with the chosen recovery, and opens the project */
  'project.recover': call(z.object({ path: z.string(), use: recoveryChoiceSchema }), projectInfoSchema, 'shared', {
    changes: everyTopic,
    answers: 'project.current',
  }),
  'project.close': call(nothing, z.null(), 'shared', { changes: everyTopic, answers: 'project.current' }),
  'project.stats': call(nothing, statsSchema, 'own', { reads: ['items', 'runs', 'pairs'] }),
  'project.doctor': call(nothing, doctorReportSchema, 'shared', {}),
} as const
