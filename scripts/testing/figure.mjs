/** @typedef {{ name: string, value: number, unit: string, limit: number | null, ratio: number | null }} Figure */

/** A line of a bench's output as a figure; undefined for any other line. @param {string} line @returns {Figure | undefined} */
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
