import { readdir } from 'node:fs/promises'
import { message } from '../../../../../shared/messages/message'
import { isSideFile } from '../sideFiles'
import type { Checks } from './checks'

/** Names the data files of a folder by their endings, and reports where there is none. @param besides files that hold no rows */
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
