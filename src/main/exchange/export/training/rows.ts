import path from 'node:path'
import type { Split } from '../../../../shared/domain'
import { oneLine } from '../jsonl/line'
import { openTextFile, type TextFile } from '../files/atomicDirectory'
import type { FormatTarget, RecordWriter, TrainingRecord } from './records'

/** Returns the name of the data file of a split. */
export const dataFile = (target: Pick<FormatTarget, 'name'>, split: Split, extension: string): string =>
  split === 'train' ? `${target.name}.${extension}` : `${target.name}_${split}.${extension}`

export interface RowFormat {
  /** `json` is one list, `jsonl` has one row per line, and `csv` has a header and the text that `toRow` returns. */
  readonly extension: 'json' | 'jsonl' | 'csv'
  /** Returns the row as JSON data or, for `csv`, as text with its line end. */
  readonly toRow: (record: TrainingRecord) => unknown
  readonly header?: string
  /** Writes additional files next to the data files: settings of the training software. */
  readonly finish?: (splits: ReadonlyMap<Split, { readonly file: string; readonly rows: number }>) => Promise<readonly string[]>
}

/** Opens a writer of one data file for each split that has records. Memory holds no rows. */
export function openRows(target: FormatTarget, { extension, toRow, header = '', finish }: RowFormat): RecordWriter {
  const open = new Map<Split, { file: string; rows: number; text: TextFile }>()
  const [start, between, end] = extension === 'json' ? ['[\n', ',\n', '\n]\n'] : [header, '', '']
  const fileOf = async (split: Split) => {
    const known = open.get(split)
    if (known) return known
    const file = dataFile(target, split, extension)
    const made = { file, rows: 0, text: await openTextFile(path.join(target.directory, file)) }
    open.set(split, made)
    await made.text.write(start)
    return made
  }
  return {
    async add(record) {
      const into = open.get(record.split) ?? (await fileOf(record.split))
      const row = toRow(record)
      const text = extension === 'csv' ? String(row) : `${oneLine(row)}${extension === 'jsonl' ? '\n' : ''}`
      const waiting = into.text.write(into.rows === 0 ? text : between + text)
      into.rows += 1
      if (waiting) await waiting
    },
    async finish() {
      for (const { text } of open.values()) {
        await text.write(end)
        await text.finish()
      }
      return [...[...open.values()].map(({ file }) => file), ...((await finish?.(open)) ?? [])]
    },
    async close() {
      for (const { text } of open.values()) await text.close()
    },
  }
}
