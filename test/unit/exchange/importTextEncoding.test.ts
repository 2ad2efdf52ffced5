import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLines } from '../../../src/main/exchange/import/text/readLines'
import { decodeText, detectFileEncoding, requireEncoding } from '../../../src/main/exchange/import/text/textEncoding'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-encoding-'))
})
afterAll(() => rm(directory, { recursive: true }))

const put = async (content: string | Uint8Array) => {
  const file = join(directory, 'text.csv')
  await writeFile(file, content)
  return file
}
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

describe('the encoding of a text', () => {
  it.each<[string, Buffer, string, boolean]>([
    ['ASCII', Buffer.from('file,caption\na,b'), 'utf-8', false],
    ['UTF-8', Buffer.from('file,caption\na,é日'), 'utf-8', false],
    ['UTF-8 but for one line', Buffer.concat([Buffer.from('é\n'), Buffer.from([0xe9, 0x0a])]), 'utf-8', false],
    ['Windows-1252', Buffer.from('un café\r\nà la “carte”'.replaceAll(/[“”]/g, '"'), 'latin1'), 'windows-1252', true],
    ['UTF-16 with a mark', utf16('\ufefffile\tä'), 'utf-16le', false],
    ['UTF-16, the other way', utf16('\ufefffile\tä').swap16(), 'utf-16be', false],
  ])('is told: %s', async (_, bytes, name, isGuessed) => {
    const file = await put(bytes)
    expect(await detectFileEncoding(file)).toEqual({ name, isGuessed })
    expect(decodeTextOrLines(file, bytes)).toEqual({ name, isGuessed })
  })

  /** A whole file that is UTF-8 but for a line cannot be decoded; all others tell the same either way. */
  const decodeTextOrLines = (file: string, bytes: Buffer) => {
    try {
      return decodeText(file, bytes).encoding
    } catch {
      return { name: 'utf-8', isGuessed: false }
    }
  }

  it.each([
    ['Shift JIS', Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea])],
    ['UTF-16 without a mark', utf16('file\tä')],
    ['Windows-1251', Buffer.from([0xea, 0xf0, 0xe0, 0xf1, 0xed, 0xee, 0xe5, 0x20, 0xef, 0xee, 0xeb, 0xe5])],
  ])('is asked for where it is %s', async (_, bytes) => {
    await expect(detectFileEncoding(await put(bytes))).rejects.toMatchObject({
      code: 'bad-file',
      remedy: expect.stringContaining('--encoding'),
    })
  })

  it('may be named, by any of its names', async () => {
    const file = await put(Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x0a, 0x41]))
    expect(await detectFileEncoding(file, 'SJIS')).toEqual({ name: 'shift_jis', isGuessed: false })
    const lines: (string | null)[] = []
    for await (const { text } of readLines(file, 'shift_jis')) lines.push(text)
    expect(lines).toEqual(['日本', 'A'])
    expect(() => requireEncoding('no-such')).toThrow('Unknown encoding “no-such”.')
  })

  it.each<[string, Buffer]>([
    ['gzip', Buffer.from([0x1f, 0x8b, 8])],
    ['Parquet', Buffer.from('PAR1xxxx')],
    ['an Excel workbook', Buffer.from('PK\u0003\u0004....[Content_Types].xml')],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a])],
  ])('is none where the file is something else: %s', async (name, bytes) => {
    await expect(detectFileEncoding(await put(bytes))).rejects.toMatchObject({ code: 'bad-file', message: expect.stringContaining(name) })
  })

  it('does not change what is read, wherever the pieces of the file end', async () => {
    const text = fc.array(fc.constantFrom('a', 'é', '日', '🚀', ' '), { maxLength: 200 }).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), fc.constantFrom('\n', '\r\n', '\r'), async (lines, lineEnd) => {
        const file = await put(utf16(`\ufeff${['head', ...lines].join(lineEnd)}${lineEnd}end`))
        const found: (string | null)[] = []
        for await (const line of readLines(file, 'utf-16le')) found.push(line.text)
        expect(found).toEqual(['head', ...lines, 'end'])
      }),
      { numRuns: 40 },
    )
  })
})
