import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportEntry } from '../../../src/main/exchange/import/row/entry'
import { parseContext } from '../../../src/main/exchange/import/row/entry'
import { parseJsonLine, readJsonl } from '../../../src/main/exchange/import/json/jsonl'
import { Message, message } from '../../../src/shared/messages/message'
import { toEnglish } from '../../../src/shared/messages/translate'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-jsonl-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function read(content: string | Uint8Array): Promise<ImportEntry[]> {
  const file = join(directory, 'items.jsonl')
  await writeFile(file, content)
  const entries: ImportEntry[] = []
  for await (const entry of readJsonl({ format: 'jsonl', file, mediaDirectory: directory })) entries.push(entry)
  return entries
}

const anyLine = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc
    .record({ id: fc.jsonValue(), media: fc.jsonValue(), context: fc.jsonValue() }, { requiredKeys: [] })
    .map((value) => JSON.stringify(value)),
)

describe('a line of JSONL', () => {
  it('gives a row or a reason, whatever it holds', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const row = parseJsonLine(line)
        if (row instanceof Message) expect(toEnglish(row)).not.toBe('')
        else {
          expect(row.mediaNames.length).toBeGreaterThan(0)
          expect(['string', 'object']).toContain(typeof parseContext(row.context))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('may be nested too deeply to be a context, at the same depth wherever it is read', () => {
    const nested = (levels: number) => JSON.parse(`{"deep":${'['.repeat(levels)}1${']'.repeat(levels)}}`) as unknown
    expect(parseContext(nested(98))).toEqual(nested(98))
    for (const levels of [101, 2000, 100_000])
      expect(parseContext(nested(levels))).toEqual(message('import.row.contextTooDeep', { limit: 100 }))
  })
})

describe('a JSONL file', () => {
  it('keeps every good line among whatever bad ones', async () => {
    const anyBytes = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes.map((byte) => (byte === 10 ? 32 : byte))))
    const bad = fc.oneof(
      anyLine.map((line) => Buffer.from(line.replaceAll('\n', ' '))),
      anyBytes,
    )
    await fc.assert(
      fc.asyncProperty(fc.array(bad, { maxLength: 12 }), async (lines) => {
        const good = (id: number) => Buffer.from(`{"id":"good ${id}","media":"a.jpg","context":{}}`)
        const mixed = [good(0), ...lines.flatMap((line, index) => [line, good(index + 1)])]
        const entries = await read(Buffer.concat(mixed.flatMap((line) => [line, Buffer.from('\n')])))
        const kept = entries.flatMap((entry) => (entry.kind === 'row' && entry.id.startsWith('good ') ? [[entry.id, entry.line]] : []))
        expect(kept).toEqual(Array.from({ length: lines.length + 1 }, (_, index) => [`good ${index}`, index * 2 + 1]))
      }),
      { numRuns: 60 },
    )
  })

  it('may have lines that are longer than the pieces it is read in', async () => {
    const long = 'ä'.repeat(700_000)
    const entries = await read(`{"id":"a","media":"a.jpg","context":{"text":"${long}"}}\n{"id":"b","media":"a.jpg"}`)
    expect(entries.map((entry) => entry.kind === 'row' && [entry.id, entry.line])).toEqual([
      ['a', 1],
      ['b', 2],
    ])
    expect(entries[0]).toMatchObject({ context: { text: long } })
  })
})
