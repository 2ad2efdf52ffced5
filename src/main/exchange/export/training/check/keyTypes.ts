import { type Message, message } from '../../../../../shared/messages/message'

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value)

/**
 * Checks the JSON type of each key across the rows of a file. `datasets` accepts two types for one key and converts one into the other, so
 * that a text becomes a list of characters, or a number becomes a text.
 * @param mixed keys that may have several types because other software reads them
 */
export function createKeyTypes(mixed: readonly string[] = []): { find(value: unknown): Message | null } {
  const known = new Map<string, string>()
  const visit = (value: unknown, key: string): Message | null => {
    if (value === null || value === undefined || value instanceof Uint8Array) return null
    const type = typeOf(value)
    const before = known.get(key)
    if (before === undefined) known.set(key, type)
    else if (before !== type && !mixed.includes(key)) return message('training.check.twoTypes', { key, first: before, second: type })
    if (type === 'list') {
      for (const each of value as unknown[]) {
        const fault = visit(each, `${key}[]`)
        if (fault) return fault
      }
    } else if (type === 'object') {
      for (const [name, each] of Object.entries(value)) {
        const fault = visit(each, key === '' ? name : `${key}.${name}`)
        if (fault) return fault
      }
    }
    return null
  }
  return { find: (value) => visit(value, '') }
}
