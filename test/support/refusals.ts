import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoxFamily, TrainingFormatId, TrainingKind } from '../../src/shared/domain'
import { changeMedium, changeRows, changeText, type Damage, type Loose } from './damageSet'
import type { TestProject } from './exportProject'
import { exportProject, newMixedProject, validate } from './trainingSet'

/** What is damaged, how, and a part of what the validator says of it. */
export type Case = readonly [what: string, damage: Damage, says: RegExp]

export interface Table {
  readonly format: TrainingFormatId
  readonly kind?: TrainingKind
  readonly boxes?: BoxFamily
  readonly system?: string
  readonly cases: readonly Case[]
}

export const user = (row: Loose): Loose => row['messages'].find(({ role }: Loose) => role === 'user')
export const assistant = (row: Loose): Loose => row['messages'].findLast(({ role }: Loose) => role === 'assistant')
export const human = (row: Loose): Loose => row['conversations'].find(({ from }: Loose) => from === 'human')
export const gpt = (row: Loose): Loose => row['conversations'].findLast(({ from }: Loose) => from === 'gpt')
/** rows with media, and the conversation of two turns without */
export const withImage = (rows: Loose[]): Loose => rows.find((row) => row['image'] ?? row['images']) ?? {}
export const turnsOf = (row: Loose): Loose[] => row['messages'] ?? row['conversations'] ?? []
export const longest = (rows: Loose[]): Loose => rows.toSorted((a, b) => turnsOf(b).length - turnsOf(a).length)[0] ?? {}

const turned = async (_: string, file: string) => sharp(await readFile(file)).withMetadata({ orientation: 6 }).toBuffer() // prettier-ignore

/** What every text format refuses. `set` changes the path of a row's first image. */
export function common(
  extension: 'json' | 'jsonl',
  question: (row: Loose) => Loose,
  answer: (row: Loose) => Loose,
  text: string,
  set: (row: Loose, path: string) => unknown,
): Case[] {
  const path = (given: string) => changeRows(extension, (rows) => set(withImage(rows), given))
  return [
    ['a medium that is not there', changeMedium(async () => null), /does not exist/],
    ['a medium that does not decode', changeMedium(async (_, file) => (await readFile(file)).subarray(0, 2000)), /cannot be decoded/],
    ['an image that EXIF turns', changeMedium(turned), /EXIF orientation 6/],
    ['an absolute path', path('/data/a.png'), /absolute/],
    ['a path that leaves the folder', path('media/../../a.png'), /leaves the folder/],
    ['a backslash', path('media\\a.png'), /backslash/],
    ['an address', path('https://example.org/a.png'), /address/],
    ...['<image>', '<video>', '<audio>', '<bbox>', '<ref-object>', '<img>'].map((token): Case => [`${token} in an answer`, changeRows(extension, (rows) => (answer(rows[0] ?? {})[text] += ` ${token}`)), new RegExp(`contains ${token}`)]), // prettier-ignore
    ...['<audio>', '<img>'].map((token): Case => [`${token} in a question`, changeRows(extension, (rows) => (question(rows[0] ?? {})[text] += ` ${token}`)), new RegExp(`contains ${token}`)]), // prettier-ignore
    [
      'more tokens than media',
      changeRows(extension, (rows) => (question(withImage(rows))[text] = `<image>\n${question(withImage(rows))[text]}`)),
      /<image> stands 2 times, but there are 1/,
    ],
    [
      'fewer tokens than media',
      changeRows(extension, (rows) => (question(withImage(rows))[text] = question(withImage(rows))[text].replace('<image>\n', ''))),
      /<image> stands 0 times, but there are 1/,
    ],
    ['a question that is null', changeRows(extension, (rows) => (question(rows[0] ?? {})[text] = null)), /is null, not a text/],
    ['a blank question', changeRows(extension, (rows) => (question(rows.at(-1) ?? {})[text] = '<image> \n ')), /is blank/],
    ['an answer that is null', changeRows(extension, (rows) => (answer(rows[0] ?? {})[text] = null)), /is null, not a text/],
    ['a blank answer', changeRows(extension, (rows) => (answer(rows[0] ?? {})[text] = ' \n')), /is blank/],
    ['two turns of one role', changeRows(extension, (rows) => turnsOf(longest(rows)).splice(1, 1)), /must alternate/],
    [
      'a key with two types',
      changeRows(
        extension,
        ([first = {}, second = {}]) => Object.assign(first, { margin: 1 }) && Object.assign(second, { margin: 'much' }),
      ),
      /is a number in one row and a string in another/,
    ],
    ['bytes that are not UTF-8', changeText(`*.${extension}`, (given) => Buffer.from(given.replace('cat', '\u00e9'), 'latin1')), /UTF-8/],
    ['a byte order mark', changeText(`*.${extension}`, (given) => `\uFEFF${given}`), /byte order mark/],
    ['an empty file', changeText(`*.${extension}`, () => ''), /no rows|empty|unusable|missing or invalid/],
    ['JSON that is cut off', changeText(`*.${extension}`, (given) => given.slice(0, -20)), /invalid|JSON/],
    [
      'half a surrogate pair in an answer',
      changeRows(extension, (rows) => (answer(rows[0] ?? {})[text] += '\ud800')),
      /incomplete character/,
    ],
    ['a NUL in a question', changeRows(extension, (rows) => (question(rows[0] ?? {})[text] += '\0')), /control character/],
    ['a row that was lost', changeRows(extension, (rows) => rows.pop()), /have \d+ rows, but \d+ were written/],
    [
      'a row that was added',
      changeRows(extension, (rows) => rows.push({ ...rows[0] })),
      /have \d+ rows, but \d+ were written|more than once/,
    ],
    [
      'an id that stands twice',
      changeText('provenance.jsonl', (given) => given.replace(/"id":"pair-\d+"/g, '"id":"pair-1"')),
      /pair-1 appears more than once/,
    ],
  ]
}

/** A second file with the rows of the first, as another split. */
export const otherSplit =
  (name: string, to: string, more: Damage = async () => undefined): Damage =>
  async (directory) => {
    await cp(join(directory, name), join(directory, to))
    await more(directory)
  }

export const inFirst = (extension: 'json' | 'jsonl', change: (row: Loose) => unknown): Damage =>
  changeRows(extension, (rows) => void change(rows[0] ?? {}))

/** Exports a set for each table, damages it in each way, and looks for what the validator says. */
export const describeRefusals = (tables: readonly Table[]): void =>
  describe.each(tables)('a $format set ($kind)', ({ format, cases, kind = 'sft', boxes, system }) => {
    let project: TestProject
    beforeAll(async () => {
      project = await newMixedProject()
      await exportProject(project, format, { kind, ...(boxes && { boxes }), ...(system !== undefined && { system }) })
    })
    afterAll(() => project.remove())

    it('has no fault as it is exported', async () => {
      expect((await validate(format, project.out)).issues.filter(({ level }) => level === 'error')).toEqual([])
    })

    it.each(cases)('is refused with %s', async (what, damage, says) => {
      const damaged = join(project.root, `damaged ${what.replace(/\W+/g, ' ')}`)
      await cp(project.out, damaged, { recursive: true })
      await damage(damaged)
      const { issues } = await validate(format, damaged)
      expect(issues.map(({ message }) => message).join('\n')).toMatch(says)
    })
  })
