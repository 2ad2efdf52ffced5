import { z } from 'zod'
import { guidelineHeadSchema, guidelineSchema } from '../domain/project'
import { knownWordSchema } from '../text/spelling'
import { call, nothing } from './call'

/** Calls about the guidelines and the project’s dictionary. */
export const guidelineCalls = {
  /** the current version */
  'guidelines.get': call(nothing, guidelineSchema, 'shared', { reads: ['guidelines'] }),
  /** all versions without their text, the latest first; the last one is the recipe's own, version 0 */
  'guidelines.versions': call(nothing, z.array(guidelineHeadSchema), 'shared', { reads: ['guidelines'] }),
  'guidelines.version': call(guidelineHeadSchema.pick({ version: true }), guidelineSchema, 'shared', {}),
  /** saves a new version, unless the text equals the current one */
  'guidelines.save': call(guidelineSchema.pick({ body: true }), guidelineSchema, 'shared', {
    changes: ['guidelines'],
    answers: 'guidelines.get',
  }),
  /** words that count as correctly spelled in this project, in order */
  'spelling.words': call(nothing, z.array(z.string()), 'shared', { reads: ['dictionary'] }),
  'spelling.addWord': call(z.object({ word: knownWordSchema }), z.array(z.string()), 'shared', {
    changes: ['dictionary'],
    answers: 'spelling.words',
  }),
  'spelling.removeWord': call(z.object({ word: z.string() }), z.array(z.string()), 'shared', {
    changes: ['dictionary'],
    answers: 'spelling.words',
  }),
} as const
