import { storeMedia } from '../../src/main/media/storeMedia'
import { createProject, type Project } from '../../src/main/project/project'
import { saveItem } from './saveItem'
import { saveMedia } from '../../src/main/store/library/media'
import { currentPromptVersion } from '../../src/main/store/project/prompts'
import { createRun, endRun } from '../../src/main/store/runs/runs'
import { write } from '../../src/main/store/sql/transaction'
import { defaultGenerationSettings, defaultProviderSettings, type Context } from '../../src/shared/domain'
import { addCandidates } from './bigProject'

/**
 * Makes a project for dense captions with an item for each of these videos, each with a pending pair.
 * @param directory ends in `.exemplar` and does not exist yet
 * @returns the open project
 */
export async function makeVideoProject(directory: string, files: readonly string[], context: Context = {}): Promise<Project> {
  const project = createProject(directory, 'dc')
  const { db } = project
  const stored = await Promise.all(files.map((file) => storeMedia(file, directory)))
  const itemIds = write(db, () =>
    stored.map((media) => saveItem(db, { sourceId: media.fileName, context, mediaIds: [saveMedia(db, media).id] }).id),
  )
  const settings = { provider: defaultProviderSettings, generation: defaultGenerationSettings }
  const run = createRun(db, { promptVersionId: currentPromptVersion(db).id, settings, itemIds })
  write(db, () => addCandidates(db, run.id, itemIds, itemIds.length))
  endRun(db, run.id, 'finished')
  db.pragma('wal_checkpoint(TRUNCATE)')
  return project
}
