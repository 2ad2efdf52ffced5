import { useEffect, useMemo } from 'react'
import { useLinked, useMediaLinks } from './MediaLinks'
import { Highlighted } from '../Highlighted'
import classes from './MediaLinks.module.css'

/** A text whose words that name boxes are highlighted together with them, and highlight them on hover. */
export function LinkedText({ text }: { readonly text: string }) {
  const links = useMediaLinks()
  const pieces = useMemo(() => links?.piecesOf(text), [links, text])
  useEffect(() => (pieces ? links?.show(pieces) : undefined), [links, pieces])
  if (!pieces?.some(({ boxes }) => boxes.length > 0)) return <Highlighted text={text} />
  return pieces.map((piece, at) =>
    piece.boxes.length === 0 ? (
      // oxlint-disable-next-line react/no-array-index-key -- a piece is its place in the text
      <Highlighted key={at} text={piece.text} />
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- a piece is its place in the text
      <LinkedWord key={at} text={piece.text} boxes={piece.boxes} />
    ),
  )
}

function LinkedWord({ text, boxes }: { readonly text: string; readonly boxes: readonly number[] }) {
  const links = useMediaLinks()
  const lit = useLinked((all) => all.isPointed(boxes), false)
  return (
    <span className={classes.word} data-lit={lit} onMouseEnter={() => links?.point(boxes)} onMouseLeave={() => links?.point([])}>
      <Highlighted text={text} />
    </span>
  )
}
