import type { Text } from '../../../../shared/messages/message'
import type { NewMedia } from '../../../media/storeMedia'
import type { EncodedContext } from '../../../store/library/items'
import type { ImportRow, RowFault } from './entry'

export interface MissingMedium {
  readonly missing: string
}

/** Where a row stands: what is kept of it while it waits to be stored. */
export type RowPlace = Pick<ImportRow, 'file' | 'line' | 'id' | 'inPlaceOf'>

/** A row whose media are in the project's folder, ready to be stored. */
export interface ReadyRow {
  readonly row: RowPlace
  readonly context: EncodedContext
  readonly media: readonly (NewMedia | MissingMedium)[]
}

/** An item of the project, and media for the places that it keeps for them. */
export interface LinkRow {
  readonly row: RowPlace
  readonly itemId: number
  readonly links: readonly { readonly position: number; readonly medium: NewMedia }[]
  /** without what turns out not to be on the media; null where it stays as it is */
  readonly context: EncodedContext | null
}

/** An item of the project whose media and context are replaced by those of a row. */
export interface UpdateRow extends ReadyRow {
  readonly itemId: number
}

/** What became of it. */
export interface SavedRow {
  readonly row: RowPlace
  readonly result: 'added' | 'unchanged' | 'different' | 'linked' | 'updated'
  readonly mediaAdded: number
  /** media that the item showed before */
  readonly replaced?: readonly number[]
}

export interface PreparedReady {
  readonly kind: 'ready'
  readonly ready: ReadyRow | UpdateRow
  readonly row: ImportRow
  readonly faults: readonly RowFault[]
}

export interface PreparedBad {
  readonly kind: 'bad'
  readonly row: ImportRow
  readonly reason: Text
}

export type PreparedRow =
  | PreparedReady
  | PreparedBad
  | { readonly kind: 'link'; readonly link: LinkRow; readonly row: ImportRow; readonly faults: readonly RowFault[] }
  | { readonly kind: 'unchanged'; readonly row: ImportRow; readonly faults: readonly RowFault[] }
  /** the import as a whole cannot go on */
  | { readonly kind: 'failed'; readonly row: ImportRow; readonly error: unknown }
  | { readonly kind: 'cancelled' }
