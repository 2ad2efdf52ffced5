import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { messageOf } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import { withImage } from '../../../media/image/decode'
import { createChecks, findPathFault, isRecord, type Checks, type Place, type Row } from '../training/check/checks'
import { listData } from '../training/check/listData'
import {
  checkKeys,
  checkMedia,
  checkOrder,
  checkPreference,
  checkTokenTexts,
  createLabelCheck,
  readMedia,
  readTurns,
  type ReadTurn,
} from '../training/check/rowChecks'
import { countToken } from '../training/placeholders'

export const customDatasetInfoFile = 'dataset_info.json'

const entriesSchema = z
  .array(
    z.looseObject({ dataset_name: z.string().optional(), dataset_path: z.string(), columns: z.record(z.string(), z.string()).optional() }),
  )
  .min(1)

/** Keys that ms-swift reads; it drops all others. */
const knownKeys = new Set([
  ...['messages', 'images', 'videos', 'audios', 'objects', 'label', 'channel', 'margin', 'tools'],
  ...['rejected_response', 'rejected_messages', 'rejected_images', 'rejected_videos', 'rejected_audios', 'loss'],
])

type SizeOf = (image: unknown) => Promise<{ width: number; height: number } | null>

/** Reads ms-swift's rows back: ms-swift deletes rows that it cannot use, and replaces rows that it cannot encode with random rows. */
export async function validateMsSwift(directory: string, pause: Pause): Promise<ValidationResult> {
  const checks = createChecks(directory, pause)
  const sizes = new Map<string, ReturnType<SizeOf>>()
  const sizeOf: SizeOf = (image) => {
    if (typeof image !== 'string' || findPathFault(image)) return Promise.resolve(null)
    const known = sizes.get(image) ?? readSize(path.join(directory, image))
    sizes.set(image, known)
    return known
  }
  await checkInfo(directory, checks)
  const labels = createLabelCheck(checks)
  for (const file of await listData(checks, directory, ['jsonl'])) {
    let preference: 'with' | 'without' | undefined
    for await (const { value, ...place } of checks.rows(file, 'jsonl')) {
      await checkRow(checks, place, value, sizeOf)
      if ('label' in value) labels.add(place, value['label'])
      const has = 'rejected_response' in value || 'rejected_messages' in value ? 'with' : 'without'
      // Among DPO rows, a row without a rejected answer becomes an SFT row.
      if (preference !== undefined && preference !== has) checks.fail('preference', place, message('training.check.mixedKinds'))
      preference ??= has
    }
  }
  labels.finish()
  return checks.finish()
}

// An unreadable file is reported by the media check.
const readSize = (file: string) => withImage(file, async (image) => (await image.metadata()).autoOrient).catch(() => null)

async function checkInfo(directory: string, checks: Checks): Promise<void> {
  const text = await readFile(path.join(directory, customDatasetInfoFile), 'utf8').catch(() => null)
  // The file is optional: `--dataset FILE` does not need it.
  if (text === null) return
  try {
    for (const { dataset_path: file } of entriesSchema.parse(JSON.parse(text))) {
      const fault = findPathFault(file)
      if (fault) checks.fail('settings', { file: customDatasetInfoFile }, fault)
      else if (!file.endsWith('.jsonl'))
        checks.fail('settings', { file: customDatasetInfoFile }, message('training.check.notDataFile', { file }))
      else if ((await readFile(path.join(directory, file)).catch(() => null)) === null)
        checks.fail('settings', { file: customDatasetInfoFile }, message('exportSet.mimicIt.noFile', { path: file }))
    }
  } catch (error) {
    checks.fail('settings', { file: customDatasetInfoFile }, message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
  }
}

async function checkRow(checks: Checks, place: Place, row: Row, sizeOf: SizeOf): Promise<void> {
  checkKeys(checks, place, row, Object.keys(row).filter((key) => !knownKeys.has(key))) // prettier-ignore
  const image = readMedia(checks, place, row, 'images', 'list')
  const video = readMedia(checks, place, row, 'videos', 'list')
  await checkMedia(checks, place, { image, video: video.filter((each) => !Array.isArray(each)) })
  for (const frames of video) if (Array.isArray(frames)) for (const frame of frames) await checks.medium(place, 'image', frame)
  const turns = readTurns(checks, place, row['messages'], { key: 'messages', role: 'role', text: 'content' })
  if (!turns) return
  checkOrder(checks, place, turns, 'assistant')
  checkTokenTexts(checks, place, turns, { image, video }, 'objects' in row ? ['<bbox>', '<ref-object>'] : [])
  if ('rejected_response' in row) checkPreference(checks, place, turns.at(-1)?.text, row['rejected_response'])
  if ('rejected_messages' in row) await checkRejected(checks, place, row, turns, image)
  if ('objects' in row) await checkObjects(checks, place, row['objects'], turns, image, sizeOf)
}

async function checkRejected(checks: Checks, place: Place, row: Row, turns: readonly ReadTurn[], image: readonly unknown[]): Promise<void> {
  const rejected = readTurns(checks, place, row['rejected_messages'], { key: 'rejected_messages', role: 'role', text: 'content' })
  if (!rejected) return
  const images = readMedia(checks, place, row, 'rejected_images', 'list')
  if (image.length > 0 && images.length === 0) checks.fail('preference', place, message('training.check.rejectedWithoutImages'))
  await checkMedia(checks, place, { image: images, video: [] })
  checkPreference(checks, place, turns.at(-1)?.text, rejected.at(-1)?.text)
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'number' && Number.isFinite(each))

async function checkObjects(
  checks: Checks,
  place: Place,
  objects: unknown,
  turns: readonly ReadTurn[],
  image: readonly unknown[],
  sizeOf: SizeOf,
): Promise<void> {
  if (!isRecord(objects)) return checks.fail('boxes', place, message('training.check.objectsNotObject'))
  const [ref = [], bbox = [], ids = []] = [objects['ref'], objects['bbox'], objects['image_id']]
  if (!Array.isArray(ref) || !Array.isArray(bbox) || !Array.isArray(ids))
    return checks.fail('boxes', place, message('training.check.objectsNotObject'))
  const text = turns.map((turn) => String(turn.text)).join('\n')
  for (const [token, list] of [
    ['<ref-object>', ref],
    ['<bbox>', bbox],
  ] as const)
    // prettier-ignore
    if (countToken(text, token) !== list.length)
      checks.fail('boxes', place, message('training.check.tokenCount', { token, count: countToken(text, token), media: list.length }))
  const type = objects['bbox_type'] ?? 'real'
  if (type !== 'real' && type !== 'norm1') checks.fail('boxes', place, message('training.check.boxType'))
  for (const [at, box] of (bbox as unknown[]).entries()) {
    if (!isNumbers(box) || (box.length !== 2 && box.length !== 4)) {
      checks.fail('boxes', place, message('training.check.boxLength'))
      continue
    }
    const id: unknown = ids.length === 0 ? 0 : (ids as unknown[])[at]
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= image.length) {
      checks.fail('boxes', place, message('training.check.boxImage', { value: String(id), images: image.length }))
      continue
    }
    const size = type === 'norm1' ? { width: 1, height: 1 } : await sizeOf(image[id])
    if (size && !isInside(box, size)) checks.fail('boxes', place, message('training.check.boxOutside', { box: box.join(', '), ...size }))
  }
}

function isInside(box: readonly number[], { width, height }: { width: number; height: number }): boolean {
  const [x1 = 0, y1 = 0, x2 = x1, y2 = y1] = box
  return x1 >= 0 && y1 >= 0 && x2 >= x1 && y2 >= y1 && x2 <= width && y2 <= height
}
