import { createHash } from 'node:crypto'
import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import { loadSharp } from '../../../media/image/loadSharp'
import { createChecks, isRecord, type Checks, type Place, type Row } from '../training/check/checks'
import { listData } from '../training/check/listData'
import { checkContent, checkKeys, checkOrder, checkPreference, readTurns } from '../training/check/rowChecks'

/** Documented limits of OpenAI's fine-tuning with images. */
const limits = { imagesOfRow: 10, imageBytes: 10_000_000, imageRows: 50_000, leastRows: 10 }
const formats: ReadonlySet<string | undefined> = new Set(['jpeg', 'png', 'webp'])

/** Reads Chat Completions rows back and checks them against the limits of OpenAI's fine-tuning. */
export async function validateChat(directory: string, pause: Pause): Promise<ValidationResult> {
  // The user's content is a list of parts, the assistant's content is a text.
  const checks = createChecks(directory, pause, ['messages[].content', 'input.messages[].content'])
  for (const file of await listData(checks, directory, ['jsonl'])) {
    let [rows, imageRows] = [0, 0]
    for await (const { value, ...place } of checks.rows(file, 'jsonl')) {
      rows += 1
      if ((await checkRow(checks, place, value)) > 0) imageRows += 1
    }
    if (imageRows > limits.imageRows)
      checks.fail('limits', { file }, message('training.check.tooManyImageRows', { count: imageRows, max: limits.imageRows }))
    if (rows > 0 && rows < limits.leastRows)
      checks.fail('advice', { file }, message('training.check.fewRows', { count: rows, min: limits.leastRows }))
  }
  return checks.finish()
}

async function checkRow(checks: Checks, place: Place, row: Row): Promise<number> {
  checkKeys(checks, place, row, ['images', 'image', 'videos', 'label', 'chosen', 'rejected', 'conversations', 'objects'])
  const isPreference = 'input' in row || 'preferred_output' in row || 'non_preferred_output' in row
  const input = isPreference ? row['input'] : row
  const turns = readTurns(checks, place, isRecord(input) ? input['messages'] : undefined, {
    key: isPreference ? 'input.messages' : 'messages',
    role: 'role',
    text: 'content',
  })
  if (!turns) return 0
  checkOrder(checks, place, turns, isPreference ? 'user' : 'assistant')
  if (!isPreference) checkWeights(checks, place, row['messages'] as unknown[])
  let images = 0
  for (const turn of turns)
    images += await checkContent(checks, place, turn, (part, type) => type === 'image_url' && checkImage(checks, place, part['image_url']))
  if (images > limits.imagesOfRow)
    checks.fail('limits', place, message('training.check.tooManyImages', { count: images, max: limits.imagesOfRow }))
  if (isPreference) {
    if (images > 0) checks.fail('preference', place, message('training.check.preferenceWithImages'))
    checkPreference(
      checks,
      place,
      onlyAnswer(checks, place, row, 'preferred_output'),
      onlyAnswer(checks, place, row, 'non_preferred_output'),
    )
  }
  return images
}

function checkWeights(checks: Checks, place: Place, messages: readonly unknown[]): void {
  for (const each of messages)
    if (isRecord(each) && 'weight' in each && ((each['weight'] !== 0 && each['weight'] !== 1) || each['role'] !== 'assistant'))
      checks.fail('row', place, message('training.check.weight'))
}

function onlyAnswer(checks: Checks, place: Place, row: Row, key: string): unknown {
  const list = row[key]
  const only: unknown = Array.isArray(list) && list.length === 1 ? list[0] : undefined
  if (isRecord(only) && only['role'] === 'assistant') return only['content']
  checks.fail('preference', place, message('training.check.notOneAnswer', { key }))
  return undefined
}

async function checkImage(checks: Checks, place: Place, image: unknown): Promise<void> {
  const url = isRecord(image) ? image['url'] : undefined
  const detail = isRecord(image) ? image['detail'] : undefined
  if (detail !== undefined && detail !== 'auto' && detail !== 'low' && detail !== 'high')
    checks.fail('row', place, message('training.check.detail'))
  if (typeof url !== 'string') return checks.fail('media', place, message('training.check.notUrl'))
  if (url.startsWith('https://')) return
  const found = /^data:image\/(?:jpeg|png|webp);base64,([A-Za-z0-9+/]+={0,2})$/.exec(url)
  if (!found?.[1]) return checks.fail('media', place, message('training.check.notUrl'))
  const bytes = Buffer.from(found[1], 'base64')
  if (bytes.length > limits.imageBytes)
    checks.fail('limits', place, message('training.check.imageTooLarge', { bytes: bytes.length, max: limits.imageBytes }))
  await checks.image(place, bytes, createHash('sha256').update(bytes).digest('hex'))
  const { format, space, depth } = await (
    await loadSharp()
  )(bytes)
    .metadata()
    .catch(() => ({ format: 'png', space: 'srgb', depth: 'uchar' })) // Reported above.
  if (!formats.has(format) || space !== 'srgb' || depth !== 'uchar')
    checks.fail('limits', place, message('training.check.imageMode', { format: `${format}, ${space}, ${depth}` }))
}
