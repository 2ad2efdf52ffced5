import path from 'node:path'
import type { Split } from '../../../../shared/domain'
import { writeTextFile } from '../files/atomicDirectory'
import type { FormatTarget } from '../training/records'

export const datasetInfoFile = 'dataset_info.json'

/** All five tags: if only some of them are set, LLaMA-Factory treats the others as disabled. */
export const tags = {
  role_tag: 'role',
  content_tag: 'content',
  user_tag: 'user',
  assistant_tag: 'assistant',
  system_tag: 'system',
} as const

/** Returns the name of a split's data in `dataset_info.json`. */
export const entryName = (name: string, split: Split): string => (split === 'train' ? name : `${name}_${split}`)

/**
 * Writes `dataset_info.json` with an entry for each split; a column that occurs in no row is not mapped, since the loader would fail on it.
 */
export async function writeDatasetInfo(
  target: FormatTarget,
  splits: ReadonlyMap<Split, { readonly file: string }>,
  entryOf: (split: Split) => object,
): Promise<readonly string[]> {
  const entries = [...splits].map(([split, { file }]) => [entryName(target.name, split), { file_name: file, ...entryOf(split) }])
  await writeTextFile(path.join(target.directory, datasetInfoFile), async (write) =>
    write(`${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`),
  )
  return [datasetInfoFile]
}

/** Records which media columns occur in the rows of each split. */
export function createColumns() {
  const seen = new Map<Split, Set<string>>()
  return {
    note(split: Split, columns: Readonly<Record<string, readonly unknown[]>>): Record<string, readonly unknown[]> {
      const known = seen.get(split) ?? new Set<string>()
      seen.set(split, known)
      const used = Object.entries(columns).filter(([, values]) => values.length > 0)
      for (const [name] of used) known.add(name)
      return Object.fromEntries(used)
    },
    mapped: (split: Split): Record<string, string> => Object.fromEntries([...(seen.get(split) ?? [])].map((name) => [name, name])),
  }
}
