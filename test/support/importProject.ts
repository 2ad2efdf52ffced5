import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createDatabase } from '../../src/main/store/sql/database'
import type { WritableDb } from '../../src/main/store/sql/types'
import { getItem } from '../../src/main/store/library/items'
import { listItemIds } from '../../src/main/store/library/itemList'
import { createProjectRow } from '../../src/main/store/project/project'
import type { Item, RecipeId } from '../../src/shared/domain'

export const samples = join(import.meta.dirname, '../../resources/sample')

export interface ImportProject {
  readonly db: WritableDb
  /** of the project */
  readonly directory: string
  /** beside it, for files to import */
  readonly inbox: string
  remove(): Promise<void>
}

/** A real, empty project and a folder for what is to be imported. */
export async function newImportProject(recipe: RecipeId = 'custom'): Promise<ImportProject> {
  const root = await mkdtemp(join(tmpdir(), 'exemplar-import-'))
  const directory = join(root, 'test.exemplar')
  const inbox = join(root, 'inbox')
  await mkdir(directory)
  await mkdir(inbox)
  const db = createDatabase(join(directory, 'project.sqlite'))
  createProjectRow(db, { uuid: randomUUID(), name: 'test', recipe })
  const remove = async () => {
    db.close()
    await rm(root, { recursive: true, force: true })
  }
  return { db, directory, inbox, remove }
}

/** Writes a file of the inbox, with its folders, and gives its path. */
export async function put(project: ImportProject, name: string, content: string | Uint8Array): Promise<string> {
  const file = join(project.inbox, name)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
  return file
}

export function itemsBySourceId(db: WritableDb): Map<string, Item> {
  const items = listItemIds(db).flatMap((id) => getItem(db, id) ?? [])
  return new Map(items.map((item) => [item.sourceId, item]))
}
