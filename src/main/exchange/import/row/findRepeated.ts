import { createReadStream } from 'node:fs'
import { IdTable } from './idTable'

const pieceBytes = 1024 * 1024
/** Longer than a key with its id. */
const longestMatch = 1024

/**
 * Looks for the ids that stand in a JSON file more than once under one key, without reading it as JSON, which would take as long as
 * the import. An id with escapes may be missed, and a stranger be taken for one that is repeated: whoever asks looks closer.
 */
export async function findRepeated(file: string, key: string): Promise<(id: string) => boolean> {
  const name = `"${key}"`
  const idAfter = /\s*:\s*(?:"([^"\\]*)"|(-?\d+)(?=[\s,}]))/y
  const counts = new IdTable()
  let hasRepeated = false
  let text = ''
  for await (const piece of createReadStream(file, { encoding: 'utf8', highWaterMark: pieceBytes }) as AsyncIterable<string>) {
    text += piece
    let end = 0
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      idAfter.lastIndex = at + name.length
      const match = idAfter.exec(text)
      if (match === null) continue
      end = idAfter.lastIndex
      const id = match[1] ?? match[2] ?? ''
      if (counts.add(id, 1) === undefined) continue
      counts.set(id, 2)
      hasRepeated = true
    }
    text = text.slice(Math.max(end, text.length - longestMatch))
  }
  return hasRepeated ? (id) => counts.get(id) === 2 : () => false
}
