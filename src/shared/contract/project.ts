import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { doctorReportSchema, projectInfoSchema, recipeIdSchema, statsSchema } from '../domain'
import { recoveryChoiceSchema, recoveryOfferSchema } from '../domain/project'
import { call, everyTopic, nothing } from './call'

export const recentProjectSchema = z.object({ path: z.string(), name: z.string(), openedAt: z.number(), exists: z.boolean() })
export type RecentProject = z.infer<typeof recentProjectSchema>

/** Calls about projects. */
export const projectCalls = {
  'project.current': call(nothing, projectInfoSchema.nullable(), 'shared', { reads: ['project'] }),
  'project.recent': call(nothing, z.array(recentProjectSchema), 'shared', { reads: ['recentProjects'] }),
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
  'project.createSample': call(nothing, projectInfoSchema, 'shared', { changes: everyTopic, answers: 'project.current' }),
  'project.open': call(z.object({ path: z.string() }), projectInfoSchema, 'shared', { changes: everyTopic, answers: 'project.current' }),
  /** what can be done about a project whose file is damaged; null where it is sound. Changes nothing. */
  'project.recovery': call(z.object({ path: z.string() }), recoveryOfferSchema.nullable(), 'shared', {}),
  /** puts one of both in the place of the damaged file, which is kept, and opens the project */
  'project.recover': call(z.object({ path: z.string(), use: recoveryChoiceSchema }), projectInfoSchema, 'shared', {
    changes: everyTopic,
    answers: 'project.current',
  }),
  'project.close': call(nothing, z.null(), 'shared', { changes: everyTopic, answers: 'project.current' }),
  'project.stats': call(nothing, statsSchema, 'own', { reads: ['items', 'runs', 'pairs'] }),
  'project.doctor': call(nothing, doctorReportSchema, 'shared', {}),
} as const
