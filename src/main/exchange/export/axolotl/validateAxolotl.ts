import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import type { MediaKind } from '../../../../shared/domain'
import { messageOf } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import { createChecks, isRecord, type Checks, type Place, type Row } from '../training/check/checks'
import { listData } from '../training/check/listData'
import { checkContent, checkKeys, checkOrder, readTurns } from '../training/check/rowChecks'

export const settingsFile = 'axolotl.yaml'

/** Settings without which axolotl drops media. */
const required = {
  processor_type: 'AutoProcessor',
  skip_prepare_dataset: true,
  remove_unused_columns: false,
  sample_packing: false,
} as const

/** Reads axolotl's rows and settings back in the same way as its `ProcessingStrategy`. */
export async function validateAxolotl(directory: string, pause: Pause): Promise<ValidationResult> {
  const checks = createChecks(directory, pause)
  const files = await listData(checks, directory, ['jsonl'])
  await checkSettings(directory, checks)
  for (const file of files) for await (const { value, ...place } of checks.rows(file, 'jsonl')) await checkRow(checks, place, value)
  return checks.finish()
}

async function checkSettings(directory: string, checks: Checks): Promise<void> {
  const at = { file: settingsFile }
  let settings: unknown
  try {
    settings = parse(await readFile(path.join(directory, settingsFile), 'utf8'))
  } catch (error) {
    return checks.fail('settings', at, message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
  }
  if (!isRecord(settings)) return checks.fail('settings', at, message('training.check.noEntries'))
  for (const [key, value] of Object.entries(required))
    if (settings[key] !== value) checks.fail('settings', at, message('training.check.settingMissing', { key, value: String(value) }))
  if (typeof settings['chat_template'] !== 'string')
    checks.fail('settings', at, message('training.check.settingMissing', { key: 'chat_template', value: 'tokenizer_default' }))
  const sets: unknown[] = Array.isArray(settings['datasets']) ? settings['datasets'] : []
  if (sets.length === 0) checks.fail('settings', at, message('training.check.noEntries'))
  for (const set of sets) {
    const file = isRecord(set) ? set['path'] : undefined
    if (!isRecord(set) || set['type'] !== 'chat_template' || typeof file !== 'string')
      checks.fail('settings', at, message('training.check.settingMissing', { key: 'datasets[].type', value: 'chat_template' }))
    else if ((await readFile(path.join(directory, file)).catch(() => null)) === null)
      checks.fail('settings', at, message('exportSet.mimicIt.noFile', { path: file }))
  }
}

async function checkRow(checks: Checks, place: Place, row: Row): Promise<void> {
  checkKeys(checks, place, row, ['image', 'images', 'video', 'videos', 'chosen', 'rejected', 'label', 'conversations'])
  const turns = readTurns(checks, place, row['messages'], { key: 'messages', role: 'role', text: 'content' })
  if (!turns) return
  checkOrder(checks, place, turns, 'assistant')
  for (const turn of turns)
    await checkContent(
      checks,
      place,
      turn,
      (part, type) => (type === 'image' || type === 'video') && checkMedium(checks, place, part, type),
    )
}

async function checkMedium(checks: Checks, place: Place, { url, base64, path: file }: Row, type: MediaKind): Promise<void> {
  if (typeof base64 === 'string' && type === 'image') await checks.image(place, Buffer.from(base64, 'base64'), base64)
  else if (typeof url !== 'string' || !url.startsWith('https://')) await checks.medium(place, type, file ?? url)
}
