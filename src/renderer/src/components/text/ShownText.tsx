import { splitHidden } from '../../../../shared/text/hiddenCharacters'

/** Text of other people or of a model: invisible characters are shown by their code, and are copied unchanged. */
export function ShownText({ text }: { readonly text: string | null }) {
  const pieces = text === null ? null : splitHidden(text)
  if (!pieces) return text
  return pieces.map((piece, index) =>
    piece.code === null ? (
      // oxlint-disable-next-line react/no-array-index-key -- a piece is its place in the text
      <span key={index}>{piece.text}</span>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- a piece is its place in the text
      <span key={index} className="hidden-character" data-code={piece.code}>
        {piece.text}
      </span>
    ),
  )
}
