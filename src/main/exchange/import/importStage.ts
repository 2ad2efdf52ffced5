import type { RecipeId } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { hashFile, type NewMedia, type StagedMedia, stageMedia } from '../../media/storeMedia'
import { getRecipe, videoRecipes } from '../../recipes/registry'

interface Entry {
  readonly staged: Promise<StagedMedia>
  users: number
  kept: Promise<void> | undefined
}

/** Files whose copies are remembered, so that the clips of one video do not copy it each. */
const maxRemembered = 5000

function forgetOldest<V>(map: Map<string, V>, mayGo: (value: V) => boolean): void {
  if (map.size <= maxRemembered) return
  for (const [key, value] of map) {
    if (mayGo(value)) map.delete(key)
    return
  }
}

/** Throws Problem 'bad-media' for a medium that the recipe could never export. */
function requireKind({ kind, fileName }: NewMedia, recipe: RecipeId): void {
  if (kind === 'image' || getRecipe(recipe).frames) return
  const others = message('common.or', { list: videoRecipes.slice(0, -1).join(', '), last: videoRecipes.at(-1) ?? '' })
  throw new Problem(
    'bad-media',
    message('import.videoInImageRecipe', { fileName, recipe, recipes: others }),
    message('import.useVideoProject'),
    { item: fileName },
  )
}

/** Copies each file into the project once for all rows that name it, and hashes it once. What the recipe does not take is refused. */
export function startStaging(projectDirectory: string, recipe: RecipeId, signal: AbortSignal | undefined) {
  const entries = new Map<string, Entry>()
  const hashes = new Map<string, Promise<string>>()

  const stageOne = async (file: string, name: string): Promise<StagedMedia> => {
    const staged = await stageMedia(file, projectDirectory, name, signal)
    try {
      requireKind(staged.media, recipe)
      return staged
    } catch (error) {
      await staged.discard()
      throw error
    }
  }

  /** As `stageMedia`; the copy is shared until all who took it have discarded it. */
  const stage = async (file: string, name: string): Promise<StagedMedia> => {
    const known = entries.get(file)
    const entry: Entry = known ?? { staged: stageOne(file, name), users: 0, kept: undefined }
    entries.set(file, entry)
    entry.users++
    forgetOldest(entries, ({ kept }) => kept !== undefined)
    const staged = await entry.staged.catch((error: unknown) => {
      entries.delete(file)
      throw error
    })
    return {
      media: staged.media,
      keep: () => (entry.kept ??= staged.keep()),
      discard: async () => {
        if (--entry.users > 0 || entry.kept) return
        entries.delete(file)
        await staged.discard()
      },
    }
  }

  const hash = (file: string, name: string): Promise<string> => {
    const known = hashes.get(file) ?? hashFile(file, name, signal)
    hashes.set(file, known)
    known.catch(() => hashes.delete(file))
    forgetOldest(hashes, () => true)
    return known
  }

  return { stage, hash }
}
export type Staging = ReturnType<typeof startStaging>
