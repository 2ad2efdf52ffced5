import type { Database } from 'better-sqlite3'
import fs from 'node:fs'
import type { DoctorReport } from '../../src/shared/domain'
import { Problem, toProblem } from '../../src/shared/problem'
import { backUpNow } from '../../src/main/project/backups'
import { projectFile, resolveProjectDirectory } from '../../src/main/project/project'
import { inspectDatabase } from '../../src/main/store/recovery/doctor'
import { hasLostLog } from '../../src/main/store/recovery/openMarks'
import { requireIdle } from '../../src/main/store/recovery/setAside'
import { newerProject, requireProjectSchema, requireSameSchema } from '../../src/main/store/schema/ownSchema'
import { computeSchema, createSchema, readSchemaVersion, schemaVersion } from '../../src/main/store/schema/schema'
import { connect, damaged, findDamage } from '../../src/main/store/sql/database'
import { syncFile } from '../../src/main/store/sql/backUp'
import type { WritableDb } from '../../src/main/store/sql/types'
import { openDriver } from '../../src/main/store/sql/openDriver'
import { copyRows } from './copyRows'
import { migrations } from './migrations'

export interface Conversion {
  readonly from: number
  /** path of the copy of the original project */
  readonly backup: string
  /** findings of the doctor in the converted project; they existed before the conversion */
  readonly findings: DoctorReport['findings']
}

/**
 * Converts a project of an earlier version of Exemplar to the current schema: copies it to its backups folder, creates the new file next to
 * it, checks that file, and replaces the old one. If a step before that fails, the project is unchanged.
 * @returns null if the project already has the current schema
 * @throws Problem not-found, unreadable-project, damaged-project, newer-project, busy, read-only, disk-full
 */
export function convertProject(given: string): Conversion | null {
  const directory = resolveProjectDirectory(given)
  const file = projectFile(directory)
  if (!fs.lstatSync(file, { throwIfNoEntry: false })?.isFile())
    throw new Problem('not-found', `There is no project at ${directory}.`, 'Give a folder that ends in .exemplar.', { item: directory })
  requireIdle(file)
  if (hasLostLog(file)) throw damaged(file, 'its log is missing')
  try {
    return convertFile(directory, file)
  } catch (error) {
    throw toProblem(error, file)
  }
}

function convertFile(directory: string, file: string): Conversion | null {
  const old = connect(file, (db) => requireOldSchema(db, file))
  const from = readSchemaVersion(old)
  let backup: string
  try {
    if (from === schemaVersion) return null
    const damage = findDamage(old, true)
    if (damage !== null) throw damaged(file, damage)
    backup = backUpNow(old, directory, 'before-conversion')
  } finally {
    old.close()
  }
  const [step, made] = [`${file}.${process.pid}.step`, `${file}.${process.pid}.new`]
  try {
    fs.copyFileSync(backup, step, fs.constants.COPYFILE_EXCL)
    const findings = makeConverted(step, made)
    syncFile(made)
    requireIdle(file)
    fs.renameSync(made, file)
    syncFile(directory)
    return { from, backup, findings }
  } finally {
    for (const each of [step, made]) for (const side of ['', '-wal', '-shm', '-journal']) fs.rmSync(each + side, { force: true })
  }
}

/** @throws Problem if the file is not a project, or its schema differs from that of its version */
function requireOldSchema(db: WritableDb, file: string): void {
  const found = requireProjectSchema(db, file)
  const version = readSchemaVersion(db)
  if (version > schemaVersion || (version > migrations.length && version < schemaVersion)) throw newerProject(file, version)
  const create = (empty: Database) => migrations.slice(0, version).forEach((up) => up(empty))
  requireSameSchema(found, version === schemaVersion ? computeSchema() : computeSchema(create), file)
}

/** Runs the remaining old migrations on a copy, then copies its rows to a new file. @returns the findings of the doctor */
function makeConverted(step: string, made: string): Conversion['findings'] {
  const old = openDriver(step)
  old.pragma('foreign_keys = OFF')
  old.transaction(() => migrations.slice(readSchemaVersion(old)).forEach((up) => up(old)))()
  old.close()
  const db = connect(made)
  try {
    db.pragma('synchronous = OFF') // the file is synced at the end, or deleted
    createSchema(db)
    db.prepare(`ATTACH ? AS old`).run(step)
    copyRows(db)
    db.exec(`DETACH old`)
    const { findings } = inspectDatabase(db)
    db.pragma('journal_mode = DELETE') // a single complete file
    return findings
  } finally {
    db.close()
  }
}
