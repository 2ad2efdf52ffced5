import fs from 'node:fs'
import path from 'node:path'
import { recentProjectSchema, type RecentProject } from '../../shared/contract'
import type { ProjectInfo } from '../../shared/domain'
import { readJsonFile, writeJsonFile } from './jsonFile'
import { projectFile } from './project'

const fileIn = (userData: string) => path.join(userData, 'recent.json')
const storedSchema = recentProjectSchema.omit({ exists: true }).array()
const read = (userData: string) => readJsonFile(fileIn(userData), storedSchema, [])

/** Last opened first; `exists` is looked up now. */
export function listRecentProjects(userData: string): RecentProject[] {
  return read(userData).map((project) => ({ ...project, exists: fs.existsSync(projectFile(project.path)) }))
}

export function rememberProject(userData: string, { path: directory, name }: ProjectInfo): void {
  const others = read(userData).filter((project) => path.resolve(project.path) !== path.resolve(directory))
  writeJsonFile(fileIn(userData), [{ path: directory, name, openedAt: Date.now() }, ...others].slice(0, 20))
}

export function forgetProject(userData: string, directory: string): RecentProject[] {
  writeJsonFile(
    fileIn(userData),
    read(userData).filter((project) => project.path !== directory),
  )
  return listRecentProjects(userData)
}
