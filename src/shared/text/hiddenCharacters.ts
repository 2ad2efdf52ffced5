/**
 * Characters that are invisible, or that change how others are displayed: a terminal executes them, and a reader mistakes one text for
 * another. They are made visible in every text of a model, an annotation or a project, except those that a script or an emoji needs.
 * Sources: Unicode Technical Report 36 and Standard Annex 9; https://trojansource.codes
 */
const hidden = new RegExp(
  [
    String.raw`[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)`, // C0 and C1 except tab and line breaks
    String.raw`[\u202a-\u202e\u2066-\u206f]`, // writing direction, from embedding to override
    String.raw`[\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2028\u2029\u2060-\u2065\u3164\ufeff\uffa0\ufff0-\ufffb]`, // zero width, or blank letters
    String.raw`[\u061c\u200e\u200f](?<=[\p{Lu}\p{Ll}\p{Nd}].)(?=[\p{Lu}\p{Ll}\p{Nd}])`, // direction marks within a word that needs none
    String.raw`[\u200b-\u200d](?<![\p{Lo}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}].)`, // joiners that join nothing
    String.raw`[\ufe00-\ufe0f](?<![\p{Emoji}\p{S}\p{P}\p{Lo}\p{M}].)`, // variation selectors after characters without variants
    String.raw`[\u{e0100}-\u{e01ef}](?<!\p{Script=Han}.)`,
    String.raw`[\u{e0000}-\u{e00ff}](?<!\u{1f3f4}[\u{e0020}-\u{e007f}]+)`, // tags, except in flags of regions
  ].join('|'),
  'gu',
)

const hexOf = (character: string) => (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')

/** Returns the JSON escape of a character, so that JSON keeps the same meaning. */
const escape = (character: string) => [...Array(character.length).keys()].map((at) => `\\u${hexOf(character.charAt(at))}`).join('')

/** Replaces invisible characters by their JSON escape, such as `\u202e`. */
export const showHidden = (text: string): string => text.replace(hidden, escape)

interface TextPiece {
  readonly text: string
  /** code point such as `U+202E`, if the piece is an invisible character */
  readonly code: string | null
}

/** Splits a text into pieces, each hidden character in its own piece. @returns null if there is none */
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
