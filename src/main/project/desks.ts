import path from 'node:path'
import { z } from 'zod'
import { defaultDesk, type Desk, deskSchema } from '../../shared/review'
import { readJsonFile, writeJsonFile } from './jsonFile'

const fileIn = (userData: string) => path.join(userData, 'desks.json')
const storedSchema = z.object({ project: z.string(), desk: deskSchema }).array()
const read = (userData: string) => readJsonFile(fileIn(userData), storedSchema, [])
const keptAtMost = 200

/** How this person has set up the desk of a project on this machine. @param project its uuid */
export function readDesk(userData: string, project: string): Desk {
  return read(userData).find((kept) => kept.project === project)?.desk ?? defaultDesk
}

/** The desks used last are kept. */
export function saveDesk(userData: string, project: string, desk: Desk): void {
  const others = read(userData).filter((kept) => kept.project !== project)
  writeJsonFile(fileIn(userData), [{ project, desk }, ...others].slice(0, keptAtMost))
}
