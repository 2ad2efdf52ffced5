import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readJsonEntries, type JsonEntry } from '../../../src/main/exchange/import/json/readJsonStream'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-json-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function read(content: string | Uint8Array, isTakenApart?: (key: string) => boolean): Promise<JsonEntry[]> {
  const file = join(directory, 'document.json')
  await writeFile(file, content)
  const entries: JsonEntry[] = []
  for await (const entry of readJsonEntries(file, isTakenApart)) entries.push(entry)
  return entries
}

/** What the entries add up to. */
function assemble(entries: readonly JsonEntry[], isList: boolean): unknown {
  if (isList) return entries.map(({ value }) => value)
  const members = new Map<string, unknown>()
  for (const { key, index, value } of entries) {
    if (index === null) members.set(key ?? '', value)
    else (members.get(key ?? '') as unknown[]).push(value)
  }
  return Object.fromEntries(members)
}

const anySpace = fc.constantFrom(undefined, 1, '\t', '\r\n  ')
const anyDocument = fc.oneof(
  fc.array(fc.jsonValue()),
  fc.dictionary(
    fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__'),
    fc.jsonValue(),
  ),
)

describe('a JSON document read in pieces', () => {
  it('is what JSON.parse makes of it, however it is laid out', async () => {
    await fc.assert(
      fc.asyncProperty(anyDocument, anySpace, fc.boolean(), async (document, space, apart) => {
        const text = JSON.stringify(document, null, space)
        expect(assemble(await read(text, () => apart), Array.isArray(document))).toEqual(JSON.parse(text))
      }),
      { numRuns: 200 },
    )
  })

  it('is refused exactly where JSON.parse refuses it', async () => {
    const damaged = fc
      .tuple(anyDocument, fc.nat(), fc.constantFrom('', ',', ']', '}', '"', ':', '{', '[', '1', ' ', 'x'))
      .map(([document, at, put]) => {
        const text = JSON.stringify(document)
        const place = at % text.length
        return text.slice(0, place) + put + text.slice(place + 1)
      })
    await fc.assert(
      fc.asyncProperty(damaged, async (text) => {
        let isRight = true
        try {
          const value: unknown = JSON.parse(text)
          isRight = typeof value === 'object' && value !== null
        } catch {
          isRight = false
        }
        const outcome = await read(text, () => true).then(
          () => true,
          (error: unknown) => {
            expect(error).toMatchObject({ name: 'Problem', code: 'bad-file' })
            return false
          },
        )
        expect(outcome).toBe(isRight)
      }),
      { numRuns: 500 },
    )
  })

  it('may be longer than a piece, with characters, escapes and values that lie across the pieces', async () => {
    const long = { text: 'ü"\\日本'.repeat(60_000), list: Array.from({ length: 50_000 }, (_, index) => ({ index, ['名']: '\u2028' })) }
    const entries = await read(JSON.stringify(long), (key) => key === 'list')
    expect(assemble(entries, false)).toEqual(long)
    expect(entries).toHaveLength(2 + 50_000)
  })

  it('tells the line of every value, and both values of a key that stands twice', async () => {
    const entries = await read('\ufeff{\n "a": 1,\n\n "b": [\n  2,\r\n  3 ],\n "a": 4\n}\n', () => true)
    expect(entries.map(({ key, index, line, value }) => [key, index, line, value])).toEqual([
      ['a', null, 2, 1],
      ['b', null, 4, []],
      ['b', 0, 5, 2],
      ['b', 1, 6, 3],
      ['a', null, 7, 4],
    ])
  })

  it.each([
    ['{"a": 1,\n "b" 2}', 'line 2, column 6: expected a colon here'],
    ['[1,\n\n 2 3]', 'line 3, column 4: expected a comma or a closing bracket here'],
    ['[1,\n {"a": [1, }]', 'line 2, column 12: expected a value here'],
    ['{"a": 1,}', 'line 1, column 9: expected a key in quotes here'],
    ['[1, 2', 'line 1, column 6: the text ends where a comma or a closing bracket is expected'],
    ['{"a": {"b": "c', 'line 1, column 13'],
    ['[1] [2]', 'line 1, column 5: expected the end here'],
    ['{"ä": x}', 'line 1, column 7: expected a value here'],
    ['', 'it is empty'],
    ['  \n', 'it is empty'],
    ['"text"', 'a single value'],
  ])('%j is refused: %s', async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({ name: 'Problem', code: 'bad-file', message: expect.stringContaining(message) })
  })

  it('in another encoding is refused', async () => {
    await expect(read(Buffer.from('\ufeff[1]', 'utf16le'))).rejects.toMatchObject({ message: expect.stringContaining('UTF-16') })
    await expect(read(Buffer.from('["\xe9"]', 'latin1'))).rejects.toMatchObject({ message: expect.stringContaining('not UTF-8') })
  })

  it('gives what stands before the place at which it is broken', async () => {
    const file = join(directory, 'document.json')
    await writeFile(file, '[1, 2, nonsense]')
    const seen: unknown[] = []
    const reading = (async () => {
      for await (const { value } of readJsonEntries(file)) seen.push(value)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'bad-file' })
    expect(seen).toEqual([1, 2])
  })
})
