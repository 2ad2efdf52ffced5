/** @typedef {{ name: string, value: number, unit: string, limit: number | null, ratio: number | null }} Figure */

/** Parses a line of a bench's output as a figure; undefined for any other line. @param {string} line @returns {Figure | undefined} */
export function readFigure(line) {
  if (!line.startsWith('{')) return undefined
  try {
    const { name, value, unit, limit, ratio } = JSON.parse(line)
    const numeric = (/** @type {unknown} */ each) => each === null || typeof each === 'number'
    const whole = typeof name === 'string' && typeof value === 'number' && typeof unit === 'string' && numeric(limit) && numeric(ratio)
    return whole ? { name, value, unit, limit, ratio } : undefined
  } catch {
    return undefined
  }
}

/**
 * Judges the output of a bench. At smoke size it only has to run and print figures; at full size each limit also has to be met.
 * @param {readonly string[]} lines of its standard output
 * @param {{ ended: unknown, smoke: boolean }} options `ended`: its exit code, or the signal that ended it
 * @returns {string | undefined} why it failed
 */
export function judgeBench(lines, { ended, smoke }) {
  if (ended !== 0) return `ended with ${ended}`
  const printed = lines.filter((line) => line.startsWith('{'))
  const malformed = printed.find((line) => !readFigure(line))
  if (malformed !== undefined) return `printed what is no figure: ${malformed}`
  if (printed.length === 0) return 'printed no figure'
  const missed = printed.filter((line) => (readFigure(line)?.ratio ?? 1) < 1)
  return missed.length > 0 && !smoke ? `misses the limit of ${missed.length} of its ${printed.length} figures` : undefined
}
