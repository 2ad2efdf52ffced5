import { hashFile, type StagedMedia, stageMedia } from '../media/storeMedia'

interface Entry {
  readonly staged: Promise<StagedMedia>
  users: number
  kept: Promise<void> | undefined
}

/** Files whose copies are remembered, so that the clips of one video do not copy it each. */
const mostRemembered = 5000

function forgetOldest<V>(map: Map<string, V>, mayGo: (value: V) => boolean): void {
  if (map.size <= mostRemembered) return
  for (const [key, value] of map) {
    if (mayGo(value)) map.delete(key)
    return
  }
}

/** Copies each file into the project once for all rows that name it, and hashes it once. */
export function startStaging(projectDirectory: string, signal: AbortSignal | undefined) {
  const entries = new Map<string, Entry>()
  const hashes = new Map<string, Promise<string>>()

  /** As `stageMedia`; the copy is shared until all who took it have discarded it. */
  const stage = async (file: string, name: string): Promise<StagedMedia> => {
    const known = entries.get(file)
    const entry: Entry = known ?? { staged: stageMedia(file, projectDirectory, name, signal), users: 0, kept: undefined }
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
