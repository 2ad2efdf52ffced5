import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import { createChecks, type Checks, type Place, type Row } from '../training/check/checks'
import { listData } from '../training/check/listData'
import { checkKeys, checkMedia, checkOrder, checkTokenTexts, readMedia, readTurns } from '../training/check/rowChecks'

/** Reads Qwen's rows back: the loader replaces rows that it cannot build with the next row. */
export async function validateQwen(directory: string, pause: Pause): Promise<ValidationResult> {
  const checks = createChecks(directory, pause)
  for (const file of await listData(checks, directory, ['json', 'jsonl']))
    for await (const { value, ...place } of checks.rows(file, file.endsWith('l') ? 'jsonl' : 'json')) await checkRow(checks, place, value)
  return checks.finish()
}

async function checkRow(checks: Checks, place: Place, row: Row): Promise<void> {
  if ('id' in row) checks.id(place, row['id'])
  checkKeys(checks, place, row, ['images', 'videos', 'messages', 'chosen', 'rejected', 'label', 'system'])
  const media = { image: readMedia(checks, place, row, 'image', 'both'), video: readMedia(checks, place, row, 'video', 'both') }
  await checkMedia(checks, place, media)
  const turns = readTurns(
    checks,
    place,
    row['conversations'],
    { key: 'conversations', role: 'from', text: 'value' },
    { human: 'user', gpt: 'assistant' },
  )
  if (!turns) return
  checkOrder(checks, place, turns, 'assistant', false)
  checkTokenTexts(checks, place, turns, media)
  if (turns.some(({ role, text }) => role === 'user' && typeof text === 'string' && /^assistant\b/m.test(text)))
    checks.fail('advice', place, message('training.check.opensWithAssistant'))
}
