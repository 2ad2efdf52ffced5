import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import { createChecks, type Checks, type Place, type Row } from '../training/check/checks'
import { listData } from '../training/check/listData'
import { checkKeys, checkLiteral, checkMedia, checkOrder, checkText, readMedia, readTurns } from '../training/check/rowChecks'
import { countToken } from '../training/placeholders'

/** Markers at which the template v1 ends a turn: a text that contains one makes LLaVA mask the whole row (“tokenization mismatch”). */
export const turnMarks = [' ASSISTANT: ', '</s>'] as const

/** Reads LLaVA's JSON lists back in the same way as `LazySupervisedDataset`. */
export async function validateLlava(directory: string, pause: Pause): Promise<ValidationResult> {
  const checks = createChecks(directory, pause)
  for (const file of await listData(checks, directory, ['json']))
    for await (const { value, ...place } of checks.rows(file, 'json')) await checkRow(checks, place, value)
  return checks.finish()
}

async function checkRow(checks: Checks, place: Place, row: Row): Promise<void> {
  if ('id' in row) checks.id(place, row['id'])
  checkKeys(checks, place, row, ['images', 'video', 'videos', 'messages', 'chosen', 'rejected', 'label', 'system'])
  const image = readMedia(checks, place, row, 'image', 'single')
  await checkMedia(checks, place, { image, video: [] })
  const turns = readTurns(
    checks,
    place,
    row['conversations'],
    { key: 'conversations', role: 'from', text: 'value' },
    { human: 'user', gpt: 'assistant' },
  )
  if (!turns) return
  checkOrder(checks, place, turns, 'assistant', false)
  for (const [at, { role, text }] of turns.entries()) {
    const isFirst = at === 0 && role === 'user'
    if (!checkText(checks, place, text, String(role), isFirst ? ['<image>'] : [])) continue
    checkLiteral(checks, place, text, String(role), isFirst ? ['<image>'] : [])
    for (const mark of turnMarks)
      if (text.includes(mark)) checks.fail('tokens', place, message('training.check.turnMark', { mark: mark.trim() }))
    if (!isFirst) continue
    const count = countToken(text, '<image>')
    if (count !== image.length)
      checks.fail('tokens', place, message('training.check.tokenCount', { token: '<image>', count, media: image.length }))
    else if (count === 1 && !text.startsWith('<image>\n')) checks.fail('tokens', place, message('training.check.tokenFirst'))
  }
}
