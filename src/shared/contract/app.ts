import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { comfortSchema } from '../comfort'
import { profileIdSchema, profileNameSchema, providerProfileSchema, providerSettingsSchema } from '../domain'
import { keymapOverridesSchema } from '../keymap'
import { call, nothing } from './call'
import { itemSortSchema, librarySizeSchema } from './library'

export const appSettingsSchema = comfortSchema.extend({
  /** written on every decision */
  reviewer: textSchema.trim().min(1).max(80),
  /** whether the person gave this name; until then it is that of their account on this computer */
  reviewerNamed: z.boolean(),
  /** of the active profile */
  provider: providerSettingsSchema,
  /** which profile is active; `defaultProfile` where it is missing */
  profile: profileNameSchema.optional(),
  /** the profiles that are not active */
  otherProfiles: z.array(providerProfileSchema).max(50).optional(),
  keys: keymapOverridesSchema,
  /** pairs that this person means to decide on in a day */
  dailyGoal: z.number().int().min(1).max(10_000).optional(),
  /** how the library shows its items */
  librarySize: librarySizeSchema.optional(),
  librarySort: itemSortSchema.optional(),
  /** whether the guidelines are open beside the pair */
  guidelinesOpen: z.boolean().optional(),
})
export type AppSettings = z.infer<typeof appSettingsSchema>

const keyStatusSchema = z.object({
  /** `environment`: from OPENAI_API_KEY */
  present: z.enum(['none', 'stored', 'memory', 'environment']),
  /** `memory`: this system has no keychain, so a key lasts until the window closes */
  storage: z.enum(['keychain', 'memory']),
})
export type KeyStatus = z.infer<typeof keyStatusSchema>

const filterName = z.object({ name: z.string(), extensions: z.array(z.string()) })

/** Calls about the app, its settings, its key and the dialogs of the system. */
export const appCalls = {
  'app.info': call(nothing, z.object({ version: z.string(), platform: z.string(), documents: z.string() }), 'shared', {}),
  /** the licenses of everything that the program is made of */
  'app.notices': call(nothing, z.string(), 'shared', {}),
  'app.settings': call(nothing, appSettingsSchema, 'shared', { reads: ['settings'] }),
  'app.saveSettings': call(appSettingsSchema.partial(), appSettingsSchema, 'shared', {
    changes: ({ reviewer }) => (reviewer === undefined ? ['settings'] : ['settings', 'reviewer']),
  }),
  /** of the active profile, as the calls below */
  'app.keyStatus': call(nothing, keyStatusSchema, 'shared', { reads: ['key', 'settings'] }),
  'app.saveKey': call(z.object({ key: z.string().trim().min(1).max(500) }), keyStatusSchema, 'shared', {
    changes: ['key'],
    answers: 'app.keyStatus',
  }),
  /** gives the active profile the key of another one, where both are for one server */
  'app.copyKey': call(z.object({ from: profileIdSchema }), keyStatusSchema, 'shared', { changes: ['key'], answers: 'app.keyStatus' }),
  'app.forgetKey': call(nothing, keyStatusSchema, 'shared', { changes: ['key'], answers: 'app.keyStatus' }),
  'app.chooseFolder': call(z.object({ title: z.string() }), z.string().nullable(), 'shared', {}),
  'app.chooseFile': call(z.object({ title: z.string(), filters: z.array(filterName) }), z.string().nullable(), 'shared', {}),
  /** where a file is to be written; `name` is proposed */
  'app.chooseSaveFile': call(
    z.object({ title: z.string(), name: z.string(), filters: z.array(filterName) }),
    z.string().nullable(),
    'shared',
    {},
  ),
  'app.showFolder': call(z.object({ path: z.string() }), z.null(), 'shared', {}),
  /** asks the provider of these settings for one tiny answer */
  'app.testProvider': call(providerSettingsSchema, z.object({ model: z.string(), milliseconds: z.number() }), 'shared', {}),
} as const
