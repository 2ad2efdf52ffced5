import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { splitSchema, type Split } from '../../../../shared/domain'
import { messageOf } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import { createChecks, findPathFault, type Checks, type Place, type Row } from '../training/check/checks'
import { checkKeys, checkMedia, checkOrder, checkPreference, checkTokenTexts, readMedia, readTurns } from '../training/check/rowChecks'

/** Returns the name of the meta file of a split. */
export const metaFileOf = (split: Split): string => (split === 'train' ? 'meta.json' : `meta_${split}.json`)
const entrySchema = z.looseObject({
  root: z.string(),
  annotation: z.string(),
  data_augment: z.boolean(),
  repeat_time: z.number().positive(),
  length: z.number().optional(),
})

/** Reads InternVL's rows back through its meta files, one per split: the loader replaces rows that it cannot build with random rows. */
export async function validateInternvl(directory: string, pause: Pause): Promise<ValidationResult> {
  const checks = createChecks(directory, pause)
  const names = new Set(await readdir(directory).catch(() => []))
  const metaFiles = splitSchema.options.map(metaFileOf).filter((name) => names.has(name))
  for (const metaFile of metaFiles.length > 0 ? metaFiles : [metaFileOf('train')]) await checkMetaFile(checks, directory, metaFile)
  return checks.finish()
}

async function checkMetaFile(checks: Checks, directory: string, metaFile: string): Promise<void> {
  const fail = (row: string | undefined, fault: Parameters<Checks['fail']>[2]) =>
    checks.fail('settings', { file: metaFile, ...(row === undefined ? {} : { row }) }, fault)
  let entries: [string, unknown][] = []
  try {
    entries = Object.entries(z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path.join(directory, metaFile), 'utf8'))))
    if (entries.length === 0) fail(undefined, message('training.check.noEntries'))
  } catch (error) {
    fail(undefined, message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
  }
  for (const [name, given] of entries) {
    const parsed = entrySchema.safeParse(given)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      fail(name, message('common.labelled', { label: issue?.path.join('.'), text: issue?.message }))
      continue
    }
    const { annotation, repeat_time: times, root, length } = parsed.data
    const fault = findPathFault(annotation) ?? findPathFault(root)
    if (fault) fail(name, fault)
    else if (!annotation.endsWith('jsonl')) fail(name, message('training.check.annotationName', { annotation }))
    else {
      let rows = 0
      for await (const { value, ...place } of checks.rows(annotation, 'jsonl')) {
        rows += 1
        await checkRow(checks, place, value, root)
      }
      if (length !== undefined && length !== rows) fail(name, message('training.check.lengthDiffers', { length, rows }))
    }
    if (times > 1 && !Number.isInteger(times)) fail(name, message('training.check.repeatTime', { value: times }))
  }
}

async function checkRow(checks: Checks, place: Place, row: Row, root: string): Promise<void> {
  checks.id(place, row['id'])
  checkKeys(checks, place, row, ['video', 'videos', 'images', 'messages', 'label', 'system'])
  const image = readMedia(checks, place, row, 'image', 'both')
  const inRoot = image.map((each) => (typeof each === 'string' && findPathFault(each) === null ? path.posix.join(root, each) : each))
  await checkMedia(checks, place, { image: inRoot, video: [] })
  const media = { image, video: [] }
  if ('chosen' in row || 'rejected' in row || 'question' in row) {
    checkTokenTexts(checks, place, [{ role: 'user', text: row['question'] }], media)
    return checkPreference(checks, place, row['chosen'], row['rejected'])
  }
  const keys = { key: 'conversations', role: 'from', text: 'value' }
  const turns = readTurns(checks, place, row['conversations'], keys, { human: 'user', gpt: 'assistant' })
  if (!turns) return
  checkOrder(checks, place, turns, 'assistant')
  checkTokenTexts(checks, place, turns, media)
  if (turns[0]?.role === 'system' && typeof row['image'] === 'string')
    checks.fail('row', place, message('training.check.systemWithOnePath'))
}
