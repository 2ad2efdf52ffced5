const quoted = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/.source
const quotedTexts = new RegExp(quoted, 'gs')
const listOfTexts = new RegExp(`^\\[\\s*(?:${quoted})(?:[\\s,]+(?:${quoted}))*\\s*,?\\s*\\]$`, 's')

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** The text of a string as Python prints it, without its quotes. */
const unescapeText = (text: string): string =>
  text.replaceAll(/\\(?:x([\da-f]{2})|u([\da-f]{4})|([^]))/g, (_, byte?: string, unit?: string, other = '') => {
    const code = byte ?? unit
    return code === undefined ? (controls[other] ?? other) : String.fromCharCode(Number.parseInt(code, 16))
  })

function parseTexts(cell: string): readonly string[] {
  try {
    return JSON.parse(cell) as string[]
  } catch {
    return Array.from(cell.matchAll(quotedTexts), ([text]) => unescapeText(text.slice(1, -1)))
  }
}

/** Returns the captions of a cell: those of a list in JSON (`["one", "two"]`) or as Python prints it (`['one', "it's"]`), else one. */
export const captionsOf = (cell: string): readonly string[] =>
  listOfTexts.test(cell) ? parseTexts(cell).map((text) => text.trim()) : [cell]
