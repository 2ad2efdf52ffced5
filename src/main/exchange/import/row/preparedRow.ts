import type { Text } from '../../../../shared/messages/message'
import type { NewMedia } from '../../../media/storeMedia'
import type { EncodedContext } from '../../../store/library/items'
import type { ImportRow, RowFault } from './entry'

export interface MissingMedium {
  readonly missing: string
}

/** Identifies a row; the part that is kept until the row is stored. */
export type RowPlace = Pick<ImportRow, 'file' | 'line' | 'id' | 'inPlaceOf'>

/** A row whose media are in the project's folder, ready to be stored. */
export interface ReadyRow {
  readonly row: RowPlace
  readonly context: EncodedContext
  readonly media: readonly (NewMedia | MissingMedium)[]
}

/** An existing item, and the files for its missing media. */
export interface LinkRow {
  readonly row: RowPlace
  readonly itemId: number
  readonly links: readonly { readonly position: number; readonly medium: NewMedia }[]
  /** The context without parts that do not fit the media; null if it is unchanged. */
  readonly context: EncodedContext | null
}

/** An existing item whose media and context are replaced by those of a row. */
export interface UpdateRow extends ReadyRow {
  readonly itemId: number
}

/** Result of saving a row. */
export interface SavedRow {
  readonly row: RowPlace
  readonly result: 'added' | 'unchanged' | 'different' | 'linked' | 'updated'
  readonly mediaAdded: number
  /** Ids of the media that the item had before. */
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
  /** The import as a whole cannot continue. */
  | { readonly kind: 'failed'; readonly row: ImportRow; readonly error: unknown }
  | { readonly kind: 'cancelled' }
