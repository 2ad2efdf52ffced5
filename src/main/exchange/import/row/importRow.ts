import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Context, Item } from '../../../../shared/domain'
import { importAgain } from '../../../../shared/imports'
import { Problem } from '../../../../shared/problem'
import { message, type Message } from '../../../../shared/messages/message'
import { mediaPath } from '../../../media/mediaPath'
import type { NewMedia } from '../../../media/storeMedia'
import { encodeContext } from '../../../store/library/items'
import type { ImportRow, RowFault } from './entry'
import type { FindMedia, FoundMedium } from './importMedia'
import type { Staging } from '../importStage'
import { wrongClip } from './importTimes'
import type { MissingMedium, PreparedBad, PreparedReady, PreparedRow, RowPlace } from './preparedRow'
import { checkContext, factsOf, type Orientations, readOrientations, unknownFacts } from './rowFacts'
import { knownMedium, mediaFaults, pageFaults, placesOf, settle, showsSources, stageAll } from './rowMedia'

export const differentReason = (id: string) => message('import.row.itemDiffers', { id, importAgain })

interface Place {
  /** Directory of the project. */
  readonly directory: string
  readonly find: FindMedia
  readonly staging: Staging
  readonly signal: AbortSignal | undefined
  /** Whether a row replaces the existing item with the same id. */
  readonly update: boolean
}

/** Prepares the row as a new item, or as a replacement of `existing`. */
async function prepareNew(
  row: ImportRow,
  found: readonly FoundMedium[],
  orientations: Orientations,
  { staging }: Place,
  existing?: Item,
): Promise<PreparedRow> {
  const staged = await stageAll(found, staging)
  const mediumAt = (wanted: string, position: number) =>
    staged[position]?.media ?? (existing && knownMedium(existing, row, wanted, position)) ?? { missing: wanted }
  const prepared = await settle(
    readyRow(
      row,
      found.map(({ wanted }, position) => mediumAt(wanted, position)),
      orientations,
    ),
    staged,
  )
  if (prepared.kind !== 'ready') return prepared
  const faults = [...prepared.faults, ...pageFaults(staged)]
  return { ...prepared, faults, ready: existing ? { ...prepared.ready, itemId: existing.id } : prepared.ready }
}

const placeOf = ({ file, line, id, inPlaceOf }: ImportRow): RowPlace => (inPlaceOf ? { file, line, id, inPlaceOf } : { file, line, id })

/** Returns the reason if a medium is not the expected one because another file has taken its name; otherwise null. */
function replacedFile({ hashes = [], fileNames = [] }: ImportRow, media: readonly (NewMedia | MissingMedium)[]): Message | null {
  const at = media.findIndex(
    (medium, position) => 'sha256' in medium && hashes[position] !== undefined && medium.sha256 !== hashes[position],
  )
  return at < 0 ? null : message('import.row.fileReplaced', { fileName: fileNames[at] ?? '' })
}

/** Creates a new row with these media and reports missing media. The row is bad if a medium has the wrong hash or its clip does not fit. */
export function readyRow(
  row: ImportRow,
  media: readonly (NewMedia | MissingMedium)[],
  orientations: Orientations = [],
): PreparedReady | PreparedBad {
  const facts = media.map((medium, position) => factsOf(medium, orientations[position]))
  const reason = replacedFile(row, media) ?? wrongClip(row.context, facts)
  if (reason !== null) return { kind: 'bad', row, reason }
  const { context, faults } = checkContext(row, facts)
  const ready = { row: placeOf(row), context: encodeContext(row.id, context), media }
  return { kind: 'ready', row, ready, faults: [...mediaFaults(media), ...faults] }
}

/** Converts a context to its stored JSON form, in which -0 becomes 0, for example. */
const asStored = (context: Context): unknown => JSON.parse(JSON.stringify(context))

/**
 * Checks whether an item has the context of a row, given the known facts about its media or (`anyTime`) as it was before they were known.
 */
function hasContext(
  item: Item,
  row: ImportRow,
  places: ReturnType<typeof placesOf>,
  orientations: Orientations,
  anyTime: boolean,
): boolean {
  const known = places.map((place, position) => (typeof place === 'string' ? unknownFacts(place) : factsOf(place, orientations[position])))
  const unknown = known.map(({ fileName }) => unknownFacts(fileName))
  return (anyTime ? [known, unknown] : [known]).some((facts) =>
    isDeepStrictEqual(asStored(checkContext(row, facts).context), asStored(item.context)),
  )
}

/** Compares a row with the existing item of the same id by file hashes; copies only missing files. */
async function compare(
  row: ImportRow,
  found: readonly FoundMedium[],
  orientations: Orientations,
  existing: Item,
  place: Place,
): Promise<PreparedRow> {
  const { staging } = place
  const update = place.update && !(row.forPairs && Object.keys(row.context).length === 0)
  const isDifferent = (): PreparedRow | Promise<PreparedRow> =>
    update ? prepareNew(row, found, orientations, place, existing) : { kind: 'bad', row, reason: differentReason(row.id) }
  const places = placesOf(existing)
  const keepsContext = row.forPairs === true && !update
  if (row.forPairs && showsSources(existing, row)) return { kind: 'unchanged', row, faults: [] }
  if (found.length !== places.length || (!keepsContext && !hasContext(existing, row, places, orientations, !update))) return isDifferent()
  const toLink: { position: number; file: string; name: string }[] = []
  const putBack: RowFault[] = []
  for (const [position, { file, name, wanted }] of found.entries()) {
    const medium = places[position]
    if (medium === undefined) return isDifferent()
    // Media that the project already has may be absent from the media folder.
    if (file === null) {
      if (update && (typeof medium === 'string' ? medium !== wanted : knownMedium(existing, row, wanted, position) !== medium))
        return isDifferent()
    } else if (typeof medium === 'string') toLink.push({ position, file, name })
    else if ((await staging.hash(file, name)) !== medium.sha256) return isDifferent()
    else if (!existsSync(mediaPath(place.directory, medium.storedName))) {
      await (await staging.stage(file, name)).keep()
      putBack.push({ reason: message('import.row.mediumPutBack', { fileName: medium.fileName }), isNote: true })
    }
  }
  const media: (NewMedia | MissingMedium)[] = places.map((each, position) =>
    typeof each === 'string' ? { missing: found[position]?.wanted ?? each } : each,
  )
  const check = () => {
    const facts = media.map((medium, position) => factsOf(medium, orientations[position]))
    return { wrong: wrongClip(row.context, facts), ...checkContext(row, facts) }
  }
  if (toLink.length === 0) {
    const { wrong, faults } = check()
    return wrong === null
      ? { kind: 'unchanged', row, faults: [...mediaFaults(media), ...putBack, ...faults] }
      : { kind: 'bad', row, reason: wrong }
  }
  const staged = await stageAll(
    toLink.map((each) => ({ ...each, wanted: each.name })),
    staging,
  )
  const links = toLink.flatMap(({ position }, index) => {
    const medium = staged[index]?.media
    return medium ? [{ position, medium }] : []
  })
  for (const { position, medium } of links) media[position] = medium
  const { wrong, context, faults } = check()
  if (wrong !== null) return settle({ kind: 'bad', row, reason: wrong }, staged)
  const changed = keepsContext || isDeepStrictEqual(asStored(context), asStored(existing.context)) ? null : encodeContext(row.id, context)
  const link = { row: placeOf(row), itemId: existing.id, links, context: changed }
  return settle({ kind: 'link', row, link, faults: [...mediaFaults(media), ...putBack, ...pageFaults(staged), ...faults] }, staged)
}

/**
 * Finds, checks and copies the media of a row; never rejects. `existing` is the project's item with the same id. A missing medium is
 * recorded as missing in the item; a bad row leaves no files in the project.
 */
export async function prepareRow(row: ImportRow, existing: Item | undefined, place: Place): Promise<PreparedRow> {
  let found: FoundMedium[] = []
  try {
    found = await place.find(row)
    const orientations = await readOrientations(row, found, existing, place.directory)
    return await (existing ? compare(row, found, orientations, existing, place) : prepareNew(row, found, orientations, place))
  } catch (error) {
    if (place.signal?.aborted && !(error instanceof Problem)) return { kind: 'cancelled' }
    if (error instanceof Problem && error.code === 'bad-media') return { kind: 'bad', row, reason: error.text }
    return { kind: 'failed', row, error }
  } finally {
    for (const { file, isTemporary } of found) if (isTemporary && file !== null) await rm(file, { force: true })
  }
}
