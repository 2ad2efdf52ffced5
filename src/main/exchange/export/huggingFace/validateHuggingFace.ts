import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { messageOf } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import { createChecks, isRecord, splitOf, type Checks } from '../training/check/checks'
import { checkFeatures, checkImages, openParquetFiles, topColumns } from '../training/check/parquetRows'
import { checkLiteral, checkText } from '../training/check/rowChecks'
import { cardFile } from './card'
import { checkCroissant } from './checkCroissant'
import { checkImageFolder, findImageFolders } from './checkImageFolder'

/** Reads a Hugging Face data set back: Parquet with images, its card and Croissant metadata, or an image folder. */
export async function validateHuggingFace(directory: string, pause: Pause): Promise<ValidationResult> {
  const checks = createChecks(directory, pause)
  const folders = await findImageFolders(directory)
  if (folders.length > 0) {
    for (const folder of folders) await checkImageFolder(checks, directory, folder)
    return checks.finish()
  }
  const rows = new Map<string, number>()
  const columns = new Set<string>()
  let read = 0
  for await (const parquet of openParquetFiles(checks, directory)) {
    const names = topColumns(parquet.metadata)
    for (const name of names) columns.add(name)
    checkFeatures(checks, parquet)
    const split = splitOf(parquet.file)
    for await (const { value, ...place } of parquet.rows()) {
      const turn = pause((read += 1), read)
      if (turn) await turn
      rows.set(split, (rows.get(split) ?? 0) + 1)
      checks.id(place, value['id'])
      if ('images' in value) await checkImages(checks, place, value['images'])
      for (const key of ['instruction', 'response'])
        if (checkText(checks, place, value[key], key)) checkLiteral(checks, place, value[key], key)
      checks.values(place, value)
    }
  }
  await checkCard(directory, checks, columns, rows)
  await checkCroissant(directory, checks)
  return checks.finish()
}

/** Compares the card with the files: the loader fails on a wrong row count and refuses columns that the card does not list. */
async function checkCard(
  directory: string,
  checks: Checks,
  columns: ReadonlySet<string>,
  rows: ReadonlyMap<string, number>,
): Promise<void> {
  const fail = (fault: Parameters<Checks['fail']>[2]) => checks.fail('settings', { file: cardFile }, fault)
  let yaml: unknown
  try {
    const text = await readFile(path.join(directory, cardFile), 'utf8')
    yaml = parse(/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '')
  } catch (error) {
    return fail(message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
  }
  const info = isRecord(yaml) ? yaml['dataset_info'] : undefined
  const features: unknown[] = isRecord(info) && Array.isArray(info['features']) ? info['features'] : []
  const named = new Map(features.flatMap((each) => (isRecord(each) ? [[String(each['name']), each]] : [])))
  const unnamed = [...columns].filter((column) => !named.has(column))
  if (unnamed.length > 0) fail(message('training.check.featuresIncomplete', { columns: unnamed.join(', ') }))
  if (columns.has('images') && named.get('images')?.['list'] !== 'image') fail(message('training.check.featuresMissing'))
  const splits: unknown[] = isRecord(info) && Array.isArray(info['splits']) ? info['splits'] : []
  for (const split of splits) {
    if (!isRecord(split)) continue
    const [name, count] = [String(split['name']), rows.get(String(split['name'])) ?? 0]
    if (split['num_examples'] !== count)
      fail(message('training.check.rowCount', { split: name, given: String(split['num_examples']), count }))
  }
}
