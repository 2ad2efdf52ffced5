import type { Database } from 'better-sqlite3'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { up as start } from './migrations/0001Start'
import { up as promptDraft } from './migrations/0002PromptDraft'
import { up as recipes } from './migrations/0003Recipes'
import { up as embeddings } from './migrations/0004Embeddings'
import { up as reviewDesk } from './migrations/0005ReviewDesk'
import { up as sessions } from './migrations/0006Sessions'
import { up as languages } from './migrations/0007Languages'
import { up as editing } from './migrations/0008Editing'
import { up as quality } from './migrations/0009Quality'
import { up as guidelines } from './migrations/0010Guidelines'
import { up as counted } from './migrations/0011Counted'
import { up as markSteps } from './migrations/0012MarkSteps'
import { up as narrowCandidates } from './migrations/0013NarrowCandidates'
import { up as keptDrafts } from './migrations/0014KeptDrafts'
import { up as lead } from './migrations/0015Lead'
import { up as runLeases } from './migrations/0016RunLeases'
import { up as imageIds } from './migrations/0017ImageIds'

/** In order; a released one is never changed. `user_version` counts those that were carried out. */
export const migrations: readonly ((db: Database) => void)[] = [
  start,
  promptDraft,
  recipes,
  embeddings,
  reviewDesk,
  sessions,
  languages,
  editing,
  quality,
  guidelines,
  counted,
  markSteps,
  narrowCandidates,
  keptDrafts,
  lead,
  runLeases,
  imageIds,
]

export const schemaVersion = migrations.length

export function readSchemaVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/** @returns the Problem that names both versions */
export const newerProject = (what: string, version: number): Problem =>
  new Problem(
    'newer-project',
    message('store.newerVersion', { file: what, version, known: schemaVersion }),
    message('store.openWithNewerVersion'),
    { item: what },
  )

/**
 * Brings a project file to the present schema, each step in a transaction together with its number.
 * @param backUp called once before an existing file is changed
 * @param target an earlier schema, for rows of that time
 * @throws Problem newer-project when the file was written by a newer version of Exemplar
 */
export function migrate(db: Database, what: string, backUp: () => void, target = schemaVersion): void {
  const version = readSchemaVersion(db)
  if (version > schemaVersion) throw newerProject(what, version)
  if (version === schemaVersion) return
  if (version > 0) backUp()
  // A table that others refer to is replaced by one with the same rows, as https://www.sqlite.org/lang_altertable.html#otheralter says.
  db.pragma('foreign_keys = OFF')
  try {
    for (const [index, up] of migrations.entries()) {
      if (index < version || index >= target) continue
      db.transaction(() => {
        if (readSchemaVersion(db) > index) return // another process that opened it too was first
        up(db)
        db.pragma(`user_version = ${index + 1}`)
      }).immediate()
    }
  } finally {
    db.pragma('foreign_keys = ON')
  }
}
