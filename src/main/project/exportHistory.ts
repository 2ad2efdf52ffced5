import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { exportRecordSchema, type ExportRecord } from '../../shared/domain'
import { readJsonFile, writeJsonFile } from './jsonFile'

/** Stored with the settings of the app, because the folders belong to this computer, not to the project. */
const fileIn = (userData: string) => path.join(userData, 'exports.json')
const storedSchema = z.array(exportRecordSchema.extend({ project: z.string() }))
const maxRecords = 500
const maxProjectRecords = 50

/** Lists the exports of a project, newest first; `exists` is checked on each call. @param project its UUID */
export const listExports = (userData: string, project: string): (ExportRecord & { exists: boolean })[] =>
  readJsonFile(fileIn(userData), storedSchema, [])
    .filter((record) => record.project === project)
    .map((record) => ({ ...exportRecordSchema.parse(record), exists: fs.existsSync(record.directory) }))

/** Adds an export to the history of a project. */
export function addExport(userData: string, project: string, record: ExportRecord): void {
  const known = readJsonFile(fileIn(userData), storedSchema, [])
  const own = known.filter((one) => one.project === project).slice(0, maxProjectRecords - 1)
  const kept = new Set([...own, ...known.filter((one) => one.project !== project)])
  writeJsonFile(fileIn(userData), [{ ...record, project }, ...known.filter((one) => kept.has(one))].slice(0, maxRecords))
}

/** Returns the folders that a project was exported to: the person chose them. */
export const listExportFolders = (userData: string, project: string): string[] =>
  readJsonFile(fileIn(userData), storedSchema, []).flatMap((record) => (record.project === project ? [record.directory] : []))
