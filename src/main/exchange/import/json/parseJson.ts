/** Asked first, since it is much faster to rule out. */
const manyDigits = /\d{16}/
/** Whole numbers of so many digits may lie beyond 2^53, where a JavaScript number loses digits. */
const mayLoseDigits = /(?:^|[^\d.eE+])\d{16,}(?![\d.eE])/

/** The text of a number is given by engines since V8 11.4; older ones keep the rounded number. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && source !== undefined && /^-?\d{16,}$/.test(source) && String(value) !== source ? source : value
}

/**
 * Reads JSON like `JSON.parse`, but gives a whole number that would lose digits as their text, so that an id is never rounded to
 * another one. @throws SyntaxError
 */
export const parseJson = (text: string): unknown =>
  (manyDigits.test(text) && mayLoseDigits.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)) as unknown
