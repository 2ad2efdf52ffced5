import { z } from 'zod'
import { textSchema } from '../text/cleanText'
import { comfortSchema } from '../comfort'
import { profileIdSchema, profileNameSchema, providerProfileSchema, providerSettingsSchema } from '../domain'
import { keymapOverridesSchema } from '../keymap'
import { call, nothing } from './call'
import { itemSortSchema, librarySizeSchema } from './library'

export const appSettingsSchema = comfortSchema.extend({
  /** stored with every decision */
  reviewer: textSchema.trim().min(1).max(80),
  /** whether the person entered this name; until then it is the name of their account on this computer */
  reviewerNamed: z.boolean(),
  /** settings of the active profile */
  provider: providerSettingsSchema,
  /** the active profile; `defaultProfile` if it is missing */
  profile: profileNameSchema.optional(),
  /** the inactive profiles */
  otherProfiles: z.array(providerProfileSchema).max(50).optional(),
  keys: keymapOverridesSchema,
  /** number of pairs that this person aims to decide per day */
  dailyGoal: z.number().int().min(1).max(10_000).optional(),
  /** thumbnail size of the library */
  librarySize: librarySizeSchema.optional(),
  librarySort: itemSortSchema.optional(),
  /** whether the guidelines are open next to the pair */
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

/** Calls about the app, its settings, its key and the system dialogs. */
export const appCalls = {
  'app.info': call(nothing, z.object({ version: z.string(), platform: z.string(), documents: z.string() }), 'shared', {}),
  /** the license texts of all components of the program */
  'app.notices': call(nothing, z.string(), 'shared', {}),
  'app.settings': call(nothing, appSettingsSchema, 'shared', { reads: ['settings'] }),
  'app.saveSettings': call(appSettingsSchema.partial(), appSettingsSchema, 'shared', {
    changes: ({ reviewer }) => (reviewer === undefined ? ['settings'] : ['settings', 'reviewer']),
  }),
  /** status of the active profile's key; the calls below also concern the active profile */
  'app.keyStatus': call(nothing, keyStatusSchema, 'shared', { reads: ['key', 'settings'] }),
  'app.saveKey': call(z.object({ key: z.string().trim().min(1).max(500) }), keyStatusSchema, 'shared', {
    changes: ['key'],
    answers: 'app.keyStatus',
  }),
  /** copies the key of another profile to the active one, if both use the same server */
  'app.copyKey': call(z.object({ from: profileIdSchema }), keyStatusSchema, 'shared', { changes: ['key'], answers: 'app.keyStatus' }),
  'app.forgetKey': call(nothing, keyStatusSchema, 'shared', { changes: ['key'], answers: 'app.keyStatus' }),
  'app.chooseFolder': call(z.object({ title: z.string() }), z.string().nullable(), 'shared', {}),
  'app.chooseFile': call(z.object({ title: z.string(), filters: z.array(filterName) }), z.string().nullable(), 'shared', {}),
  /** opens the system dialog that chooses a file to write; `name` is the suggested file name */
  'app.chooseSaveFile': call(
    z.object({ title: z.string(), name: z.string(), filters: z.array(filterName) }),
    z.string().nullable(),
    'shared',
    {},
  ),
  'app.showFolder': call(z.object({ path: z.string() }), z.null(), 'shared', {}),
  /** sends one minimal request to the provider with these settings */
  'app.testProvider': call(providerSettingsSchema, z.object({ model: z.string(), milliseconds: z.number() }), 'shared', {}),
} as const
