/**
 * Characters that are not seen, or that change how others are seen: a terminal obeys them, and a reader takes a text for another. They
 * are shown wherever text of a model, an annotation or a project is shown. Where a script or an emoji needs one, it is left alone.
 * Sources: Unicode Technical Report 36 and Standard Annex 9; https://trojansource.codes
 */
const hidden = new RegExp(
  [
    String.raw`[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)`, // C0 and C1 but tab and line breaks
    String.raw`[\u202a-\u202e\u2066-\u206f]`, // order of writing, from embedding to override
    String.raw`[\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2028\u2029\u2060-\u2065\u3164\ufeff\uffa0\ufff0-\ufffb]`, // no width, or blank letters
    String.raw`[\u061c\u200e\u200f](?<=[\p{Lu}\p{Ll}\p{Nd}].)(?=[\p{Lu}\p{Ll}\p{Nd}])`, // marks of direction within a word that needs none
    String.raw`[\u200b-\u200d](?<![\p{Lo}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}].)`, // joiners that join nothing
    String.raw`[\ufe00-\ufe0f](?<![\p{Emoji}\p{S}\p{P}\p{Lo}\p{M}].)`, // variants of what has none
    String.raw`[\u{e0100}-\u{e01ef}](?<!\p{Script=Han}.)`,
    String.raw`[\u{e0000}-\u{e00ff}](?<!\u{1f3f4}[\u{e0020}-\u{e007f}]+)`, // but flags of regions
  ].join('|'),
  'gu',
)

const hexOf = (character: string) => (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')

/** How JSON writes a character: within JSON it stays the same text. */
const escape = (character: string) => [...Array(character.length).keys()].map((at) => `\\u${hexOf(character.charAt(at))}`).join('')

/** Replaces what is not seen by its escape in JSON, such as `\u202e`. */
export const showHidden = (text: string): string => text.replace(hidden, escape)

interface TextPiece {
  readonly text: string
  /** such as `U+202E`, where the piece is a character that is not seen */
  readonly code: string | null
}

/** A text in pieces, each hidden character one of its own. @returns null where there is none */
export function splitHidden(text: string): TextPiece[] | null {
  const pieces: TextPiece[] = []
  let end = 0
  for (const { 0: character, index } of text.matchAll(hidden)) {
    if (index > end) pieces.push({ text: text.slice(end, index), code: null })
    pieces.push({ text: character, code: `U+${hexOf(character).toUpperCase()}` })
    end = index + character.length
  }
  if (pieces.length === 0) return null
  if (end < text.length) pieces.push({ text: text.slice(end), code: null })
  return pieces
}
