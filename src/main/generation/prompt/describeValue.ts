/**
 * Any JSON value as text for a prompt: a scalar as it is, a list of scalars as dashed lines, a box as `label: [x, y, width, height]`,
 * other objects as `key: value` in one line. A list begins on a new line.
 */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return value.map((entry) => `\n- ${describeEntry(entry)}`).join('')
  return describeEntry(value)
}

function describeEntry(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return `[${value.map(describeEntry).join(', ')}]`
  if (typeof value === 'object') return isBox(value) ? describeBox(value) : describeFields(value)
  return String(value).trim()
}

interface BoxLike {
  readonly label: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function isBox(value: object): value is BoxLike {
  const numbers = ['x', 'y', 'width', 'height'].every((key) => typeof Reflect.get(value, key) === 'number')
  return numbers && typeof Reflect.get(value, 'label') === 'string'
}

const describeBox = ({ label, x, y, width, height }: BoxLike) => `${label}: [${[x, y, width, height].map(Math.round).join(', ')}]`

const describeFields = (value: object) =>
  Object.entries(value)
    .map(([key, entry]) => `${key}: ${describeEntry(entry)}`)
    .join(', ')
