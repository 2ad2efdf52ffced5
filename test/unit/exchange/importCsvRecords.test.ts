import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvRecord, readRecords, splitRecord } from '../../../src/main/exchange/import/csv/csvRecords'
import type { Line } from '../../../src/main/exchange/import/text/readLines'
import { message } from '../../../src/shared/messages/message'

async function read(text: string): Promise<CsvRecord[]> {
  async function* lines(): AsyncGenerator<Line> {
    for (const [index, line] of text.split('\n').entries()) yield { line: index + 1, text: line, fault: null }
  }
  const records: CsvRecord[] = []
  for await (const record of readRecords(lines(), ',')) records.push(record)
  return records
}

const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`

describe('readRecords', () => {
  it('reads back what was written in quotes', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'ä') })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), async (rows) => {
        const records = await read(rows.map((cells) => cells.map(quote).join(',')).join('\n'))
        expect(records.map(({ cells }) => cells)).toEqual(rows)
      }),
    )
  })

  it('never fails, and loses no line silently', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ') })
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const records = await read(content)
        const read1 = records.map(({ line }) => line)
        expect(read1).toEqual([...new Set(read1)].toSorted((a, b) => a - b))
        if (!content.includes('"')) expect(records).toHaveLength(content.split('\n').filter((line) => line.trim() !== '').length)
      }),
      { numRuns: 500 },
    )
  })

  it('gives up on a quote that is never closed, and reads on with the next line', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `row ${index}`)
    const records = await read(`a,"open\n${rows.join('\n')}`)
    expect(records[0]).toMatchObject({ line: 1, cells: null, fault: message('import.csv.unclosedQuote') })
    expect(records.slice(1).map(({ cells }) => cells?.[0])).toEqual(rows)
  })
})

describe('a record whose names have blanks before them', () => {
  it('may have blanks round its quotes', () => {
    expect(splitRecord('a.png, "red, wide" , plain', ',', 'spaced')).toEqual({ state: 'done', cells: ['a.png', 'red, wide', ' plain'] })
    expect(splitRecord('a.png, "red\n', ',', 'spaced')).toEqual({ state: 'open' })
  })

  it('has no quotes where they are text', () =>
    expect(splitRecord('a.jpg#0\t" Two', '\t', 'bare')).toEqual({ state: 'done', cells: ['a.jpg#0', '" Two'] }))

  it('reads back any cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', 'ä') })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
        expect(splitRecord(cells.map(quote).join(' , '), ',', 'spaced')).toEqual({ state: 'done', cells })
      }),
    )
  })
})
