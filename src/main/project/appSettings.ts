import os from 'node:os'
import path from 'node:path'
import { defaultComfort } from '../../shared/comfort'
import { appSettingsSchema, type AppSettings } from '../../shared/contract'
import { defaultProviderSettings } from '../../shared/domain'
import { readJsonFile, writeJsonFile } from './jsonFile'

// An earlier version has written fewer of them.
const storedSchema = appSettingsSchema.partial()

const fileIn = (userData: string) => path.join(userData, 'settings.json')

/** Returns the name of the account that the program runs under. */
export function accountName(): string {
  try {
    return os.userInfo().username || 'reviewer'
  } catch {
    return 'reviewer'
  }
}

/** The settings of this person on this machine; what belongs to the data is kept with the project. */
export function readAppSettings(userData: string): AppSettings {
  const defaults: AppSettings = {
    ...defaultComfort,
    reviewer: accountName(),
    reviewerNamed: false,
    provider: defaultProviderSettings,
    keys: {},
  }
  const stored = readJsonFile(fileIn(userData), storedSchema, {})
  // An earlier version stored the account's name with the other settings.
  const reviewerNamed = stored.reviewerNamed ?? (stored.reviewer !== undefined && stored.reviewer !== defaults.reviewer)
  return { ...defaults, ...stored, reviewerNamed }
}

export function saveAppSettings(userData: string, change: Partial<AppSettings>): AppSettings {
  const settings = appSettingsSchema.parse({
    ...readAppSettings(userData),
    ...change,
    ...(change.reviewer !== undefined && { reviewerNamed: true }),
  })
  writeJsonFile(fileIn(userData), settings)
  return settings
}
