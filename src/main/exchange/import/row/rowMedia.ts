import type { Item } from '../../../../shared/domain'
import { message } from '../../../../shared/messages/message'
import type { NewMedia, StagedMedia } from '../../../media/storeMedia'
import type { Staging } from '../importStage'
import type { ImportRow, RowFault } from './entry'
import type { FoundMedium } from './importMedia'
import type { MissingMedium, PreparedRow } from './preparedRow'

/** Returns the problems to report about the media of an item, whether new or existing. */
export function mediaFaults(media: readonly (NewMedia | MissingMedium)[]): RowFault[] {
  const faults: RowFault[] = []
  for (const medium of media)
    if ('missing' in medium) faults.push({ reason: message('import.row.importedWithout', { name: medium.missing }), remedy: 'link' })
    else if (medium.problem)
      faults.push({
        reason: message('import.row.importedUnusable', { fileName: medium.fileName, problem: medium.problem }),
      })
  return faults
}

/** Reports files with several images, such as animations, of which only the first image is used. */
export const pageFaults = (staged: readonly (StagedMedia | null)[]): RowFault[] =>
  staged.flatMap((each): RowFault[] => {
    if (each?.pages === undefined) return []
    return [{ reason: message('import.row.firstPageOnly', { fileName: each.media.fileName, count: each.pages }), isNote: true }]
  })

export async function stageAll(found: readonly FoundMedium[], staging: Staging): Promise<(StagedMedia | null)[]> {
  const staged: (StagedMedia | null)[] = []
  try {
    for (const { file, name } of found) staged.push(file === null ? null : await staging.stage(file, name))
    return staged
  } catch (error) {
    await Promise.all(staged.map((each) => each?.discard()))
    throw error
  }
}

/** Keeps the staged copies in the project, or discards them if the row is bad. */
export async function settle<R extends PreparedRow>(row: R, staged: readonly (StagedMedia | null)[]): Promise<R> {
  for (const each of staged) await (row.kind === 'bad' ? each?.discard() : each?.keep())
  return row
}

/** Returns the existing medium of an item for a file that is no longer in the media folder. */
export function knownMedium({ media }: Item, { otherNames, fileNames }: ImportRow, wanted: string, position: number): NewMedia | undefined {
  const keyOf = (name: string) => name.normalize('NFC').toLowerCase()
  const names = [wanted, otherNames?.[position] ?? [], fileNames?.[position] ?? []].flat().map(keyOf)
  return media.find(({ fileName }) => names.includes(keyOf(fileName)) || names.includes(keyOf(fileName.replace(/\.[^./\\]+$/, ''))))
}

/** Returns the media of an item by position; a string is the name of a missing medium. */
export function placesOf({ media, missing }: Item): (Item['media'][number] | string)[] {
  const names = new Map(missing.map(({ position, name }) => [position, name]))
  const present = [...media]
  return Array.from({ length: media.length + missing.length }, (_, position) => names.get(position) ?? present.shift() ?? '')
}

/** Checks whether the media of an item are the files from which the media of a row were made. */
export const showsSources = ({ media, missing }: Item, { mediaNames, sourceHashes = [] }: ImportRow): boolean =>
  missing.length === 0 && media.length === mediaNames.length && media.every(({ sha256 }, at) => sha256 === sourceHashes[at])
