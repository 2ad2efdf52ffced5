import type { Context, Item } from '../../../../shared/domain'
import { readOrientation } from '../../../media/image/decode'
import { mediaPath } from '../../../media/mediaPath'
import type { NewMedia } from '../../../media/storeMedia'
import type { ImportRow, RowFault } from './entry'
import { fitBoxes } from './fitBoxes'
import { checkBoxes } from './importBoxes'
import type { FoundMedium } from './importMedia'
import { checkTimes } from './importTimes'
import type { MissingMedium } from './preparedRow'
import { knownMedium, placesOf } from './rowMedia'

export interface Facts {
  readonly fileName: string
  readonly width: number | null
  readonly height: number | null
  readonly durationMs?: number | null | undefined
  readonly orientation?: number | undefined
}
export const unknownFacts = (fileName: string): Facts => ({ fileName, width: null, height: null, durationMs: null })
export const factsOf = (medium: NewMedia | MissingMedium, orientation: number | undefined): Facts =>
  'missing' in medium ? unknownFacts(medium.missing) : { ...medium, orientation }

/** EXIF orientations of a row's images, by position, if its boxes need them. */
export type Orientations = readonly (number | undefined)[]

export async function readOrientations(row: ImportRow, found: readonly FoundMedium[], existing: Item | undefined, directory: string) {
  if (row.boxesDrawnOn === undefined) return []
  const places = existing ? placesOf(existing) : []
  return Promise.all(
    found.map(async ({ file, wanted }, position) => {
      const medium = (existing && knownMedium(existing, row, wanted, position)) ?? places[position]
      if (file !== null) return readOrientation(file)
      return typeof medium === 'object' ? readOrientation(mediaPath(directory, medium.storedName)) : undefined
    }),
  )
}

/** Corrects the context according to its media, drops parts that do not fit them, and reports the changes. */
export function checkContext({ context, boxesDrawnOn }: ImportRow, media: readonly Facts[]): { context: Context; faults: RowFault[] } {
  const fitted = fitBoxes(context, boxesDrawnOn, media)
  const boxes = checkBoxes(fitted.context, media)
  const times = checkTimes(boxes.context, media)
  const faults = [...fitted.faults, ...boxes.faults, ...times.faults].map((reason): RowFault => ({ reason }))
  const notes = fitted.notes.map((reason): RowFault => ({ reason, isNote: true }))
  return { context: times.context, faults: [...faults, ...notes] }
}
