import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { message } from '../../../../shared/messages/message'
import { isRecord, type Checks } from '../training/check/checks'

/** Returns the split folders of an image folder. A split folder contains metadata or images, not Parquet files. */
export async function findImageFolders(directory: string): Promise<string[]> {
  const found: string[] = []
  for (const split of ['train', 'validation', 'test']) {
    const names = await readdir(path.join(directory, split)).catch(() => [])
    if (names.length > 0) found.push(split)
  }
  return found
}

/**
 * Reads an `imagefolder` back: rows of `metadata.jsonl`, whose columns `file_name`, `file_names` and `…_file_names` contain paths relative
 * to the folder.
 */
export async function checkImageFolder(checks: Checks, directory: string, folder: string): Promise<void> {
  const names = await readdir(path.join(directory, folder))
  const metadata = `${folder}/metadata.jsonl`
  if (!names.includes('metadata.jsonl')) {
    const other = names.find((name) => /^metadata\.(?:csv|parquet)$/.test(name))
    if (other) return checks.fail('advice', { file: `${folder}/${other}` }, message('training.check.onlyJsonl'))
    const suspect = names.find((name) => /\.(?:jsonl?|csv|parquet)$/.test(name)) ?? ''
    return checks.fail('settings', { file: metadata }, message('training.check.metadataName', { name: suspect }))
  }
  for await (const { value, ...place } of checks.rows(metadata, 'jsonl')) {
    const columns = Object.keys(value).filter((key) => /(?:^|_)file_names?$/.test(key))
    if (columns.length === 0) checks.fail('media', place, message('training.check.keyMissing', { key: 'file_name' }))
    for (const column of columns) {
      const paths: unknown[] = Array.isArray(value[column]) ? value[column] : [value[column]]
      // Paths that do not leave the folder are resolved relative to it.
      for (const each of paths)
        await checks.medium(place, 'image', typeof each === 'string' && !/^(?:\/|\.\.|[a-z]+:)/i.test(each) ? `${folder}/${each}` : each)
    }
    for (const [key, text] of Object.entries(value))
      if (!columns.includes(key) && (text === null || isRecord(text)))
        checks.fail('text', place, message('training.check.textMissing', { what: key, value: 'null' }))
  }
}
