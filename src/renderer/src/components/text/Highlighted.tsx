import { markWords, useHighlight } from '../../app/state/highlight'
import { ShownText } from './ShownText'

/** A plain text with the words of the search highlighted. */
export function Highlighted({ text }: { readonly text: string }) {
  const pieces = markWords(text, useHighlight())
  if (!pieces) return <ShownText text={text} />
  return pieces.map((piece, index) =>
    // oxlint-disable-next-line react/no-array-index-key -- a piece is its place in the text
    piece.marked ? (
      <mark key={index}>
        <ShownText text={piece.text} />
      </mark>
    ) : (
      <span key={index}>
        <ShownText text={piece.text} />
      </span>
    ),
  )
}
