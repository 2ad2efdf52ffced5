import { readdir } from 'node:fs/promises'
import { message } from '../../../../../shared/messages/message'
import { isSideFile } from '../sideFiles'
import type { Checks } from './checks'

/**
 * Lists the data files of a folder by extension, and reports if there are none.
 * @param besides files that contain no rows
 */
export async function listData(
  checks: Checks,
  directory: string,
  extensions: readonly string[],
  besides: readonly string[] = [],
): Promise<string[]> {
  const names = (await readdir(directory).catch(() => [])).toSorted()
  const files = names.filter(
    (name) => extensions.some((extension) => name.endsWith(`.${extension}`)) && !isSideFile(name) && !besides.includes(name),
  )
  if (files.length === 0) checks.fail('file', { file: `*.${extensions.join(', *.')}` }, message('training.check.noDataFile'))
  return files
}
