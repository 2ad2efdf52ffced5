/** Sizes of the grid in pixels. */
export interface GridLayout {
  readonly columns: number
  readonly cardWidth: number
  readonly mediaHeight: number
  /** Height of a row of cards, including the gap below it. */
  readonly rowHeight: number
}

export const GAP = 16
export const MARGIN = 20
const PADDING = 12
/** Height of the media area relative to its width (3 : 2). It is lower if a whole card would not fit into the view. */
const RATIO = 2 / 3
const BORDERS = 2

/** Returns the height of the text in pixels: two lines of instruction and three of response, with padding. @param rem in pixels */
export const textHeight = (rem: number) => Math.ceil(2 * PADDING + 4 + 2 * 1.125 * rem + 3 * 1.125 * rem)

/** Returns the sizes of the grid. @param view size of the area that shows cards, in pixels @param rem text size in pixels */
export function layoutOf(columns: number, view: { readonly width: number; readonly height: number }, rem: number): GridLayout {
  const cardWidth = Math.max(120, Math.floor((view.width - 2 * MARGIN - (columns - 1) * GAP) / columns))
  const text = textHeight(rem)
  const room = view.height - 2 * GAP - text
  const mediaHeight = Math.max(96, Math.min(Math.round(cardWidth * RATIO), room))
  return { columns, cardWidth, mediaHeight, rowHeight: mediaHeight + text + BORDERS + GAP }
}
