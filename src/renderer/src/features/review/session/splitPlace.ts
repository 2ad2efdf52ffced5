/** Returns the index at which to split a response: the sentence end nearest to the middle, or else the nearest word end. */
function nearMiddle(text: string): number {
  const middle = text.length / 2
  const nearest = (pattern: RegExp) =>
    [...text.matchAll(pattern)]
      .map((match) => match.index + match[0].length)
      .filter((end) => end < text.trimEnd().length)
      .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0]
  return nearest(/[.!?]+\s+|[。！？]+|\n+/g) ?? nearest(/\s+/g) ?? text.length
}

/** Splits a response in two. @param place cursor index; if it is null or would leave one half empty, the split index comes from the text */
export function splitText(text: string, place: number | null): readonly [string, string] {
  const halves = (at: number) => [text.slice(0, at).trim(), text.slice(at).trim()] as const
  const [first, second] = halves(place ?? 0)
  return first && second ? [first, second] : halves(nearMiddle(text))
}

/** Returns the index of the cursor, or of the start of the selection, in the response on the screen; null if it is elsewhere. */
export function cursorInResponse(pair: Element | null, response: string): number | null {
  const field = pair?.querySelector<HTMLTextAreaElement>('textarea[data-part="response"]')
  if (field) return document.activeElement === field ? field.selectionStart : null
  const text = pair?.querySelector('p[data-part="response"]')
  const selection = document.getSelection()
  if (!text || text.textContent !== response || !selection?.anchorNode || !text.contains(selection.anchorNode)) return null
  const { startContainer, startOffset } = selection.getRangeAt(0)
  if (!text.contains(startContainer)) return 0
  const before = document.createRange()
  before.selectNodeContents(text)
  before.setEnd(startContainer, startOffset)
  return before.toString().length
}
