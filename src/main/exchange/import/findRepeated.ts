import { createReadStream } from 'node:fs'
import { IdTable } from './idTable'

const pieceCharacters = 1024 * 1024
/** Longer than a key with its id. */
const longestMatch = 1024

/**
 * Looks for the ids that stand in a JSON file more than once under one key, without reading it as JSON, which would take as long as
 * the import. An id with escapes may be missed, and a stranger be taken for one that is repeated: whoever asks looks closer.
 */
export async function findRepeated(file: string, key: string): Promise<(id: string) => boolean> {
  const pattern = new RegExp(`"${key}"\\s*:\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(-?\\d+)(?=[\\s,}]))`, 'g')
  const counts = new IdTable()
  let hasRepeated = false
  let text = ''
  for await (const piece of createReadStream(file, { encoding: 'utf8', highWaterMark: pieceCharacters }) as AsyncIterable<string>) {
    text += piece
    let end = 0
    for (const match of text.matchAll(pattern)) {
      const id = match[1] ?? match[2] ?? ''
      const count = counts.get(id) ?? 0
      hasRepeated ||= count > 0
      counts.set(id, count + 1)
      end = match.index + match[0].length
    }
    text = text.slice(Math.max(end, text.length - longestMatch))
  }
  return hasRepeated ? (id) => (counts.get(id) ?? 0) > 1 : () => false
}
