import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { defaultComfort } from '../../shared/comfort'
import { appSettingsSchema, recentProjectSchema, type AppSettings, type RecentProject } from '../../shared/contract'
import { defaultProviderSettings, type ProjectInfo } from '../../shared/domain'
import { defaultDesk, deskSchema, type Desk } from '../../shared/review'
import { readJsonFile, writeJsonFile } from './jsonFile'
import { projectFile } from './project'

type Environment = Readonly<Record<string, string | undefined>>

/** Returns the folder of this person's settings on this computer, the same that Electron uses for the window. */
export function userDataFolder(environment: Environment, platform = process.platform, home = os.homedir()): string {
  const own = environment.EXEMPLAR_USER_DATA
  if (own) return own
  switch (platform) {
    case 'win32':
      return path.join(environment.APPDATA || path.join(home, 'AppData', 'Roaming'), 'Exemplar')
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Exemplar')
    default:
      return path.join(environment.XDG_CONFIG_HOME || path.join(home, '.config'), 'Exemplar')
  }
}

// Earlier versions stored fewer settings.
const storedSettingsSchema = appSettingsSchema.partial()

const settingsFile = (userData: string) => path.join(userData, 'settings.json')

/** Returns the name of the account that the program runs under. */
export function accountName(): string {
  try {
    return os.userInfo().username || 'reviewer'
  } catch {
    return 'reviewer'
  }
}

/** Reads the settings of this person on this machine; settings that belong to the data are stored with the project. */
export function readAppSettings(userData: string): AppSettings {
  const defaults: AppSettings = {
    ...defaultComfort,
    reviewer: accountName(),
    reviewerNamed: false,
    provider: defaultProviderSettings,
    keys: {},
  }
  const stored = readJsonFile(settingsFile(userData), storedSettingsSchema, {})
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
  writeJsonFile(settingsFile(userData), settings)
  return settings
}

const recentFile = (userData: string) => path.join(userData, 'recent.json')
const storedRecentSchema = recentProjectSchema.omit({ exists: true }).array()
const readRecent = (userData: string) => readJsonFile(recentFile(userData), storedRecentSchema, [])

/** Lists recent projects, last opened first; `exists` is checked on each call. */
export function listRecentProjects(userData: string): RecentProject[] {
  return readRecent(userData).map((project) => ({ ...project, exists: fs.existsSync(projectFile(project.path)) }))
}

export function rememberProject(userData: string, { path: directory, name }: ProjectInfo): void {
  const others = readRecent(userData).filter((project) => path.resolve(project.path) !== path.resolve(directory))
  writeJsonFile(recentFile(userData), [{ path: directory, name, openedAt: Date.now() }, ...others].slice(0, 20))
}

export function forgetProject(userData: string, directory: string): RecentProject[] {
  writeJsonFile(
    recentFile(userData),
    readRecent(userData).filter((project) => project.path !== directory),
  )
  return listRecentProjects(userData)
}

const desksFile = (userData: string) => path.join(userData, 'desks.json')
const storedDesksSchema = z.object({ project: z.string(), desk: deskSchema }).array()
const readDesks = (userData: string) => readJsonFile(desksFile(userData), storedDesksSchema, [])
const maxDesks = 200

/** Returns this person's settings of the review desk for a project on this machine. @param project its UUID */
export function readDesk(userData: string, project: string): Desk {
  return readDesks(userData).find((kept) => kept.project === project)?.desk ?? defaultDesk
}

/** Stores the settings of the review desk; only the most recently used ones are kept. */
export function saveDesk(userData: string, project: string, desk: Desk): void {
  const others = readDesks(userData).filter((kept) => kept.project !== project)
  writeJsonFile(desksFile(userData), [{ project, desk }, ...others].slice(0, maxDesks))
}
