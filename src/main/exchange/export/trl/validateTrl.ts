import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import { createChecks, isRecord, type Checks, type Place, type Row } from '../training/check/checks'
import { checkFeatures, checkImages, openParquetFiles, topColumns } from '../training/check/parquetRows'
import { checkLiteral, checkOrder, checkText, createLabelCheck } from '../training/check/rowChecks'

const kinds = { sft: ['prompt', 'completion'], dpo: ['prompt', 'chosen', 'rejected'], kto: ['prompt', 'completion', 'label'] } as const

/** Reads TRL's Parquet back in the same way as its collators, which fail in the middle of a run if the number of images does not match. */
export async function validateTrl(directory: string, pause: Pause): Promise<ValidationResult> {
  const checks = createChecks(directory, pause)
  const labels = createLabelCheck(checks)
  let read = 0
  for await (const parquet of openParquetFiles(checks, directory)) {
    const { file, metadata } = parquet
    const columns = topColumns(metadata)
    checkFeatures(checks, parquet)
    const hasKind = Object.values(kinds).some((needed) => [...needed, 'images'].toSorted().join() === columns.toSorted().join())
    if (!hasKind) {
      checks.fail('row', { file }, message('training.check.trlColumns', { columns: columns.join(', ') }))
      continue
    }
    if (metadata.schema.some(({ name }) => name === 'image')) checks.fail('row', { file }, message('training.check.partImageKey'))
    for await (const { value, ...place } of parquet.rows()) {
      const turn = pause((read += 1), read)
      if (turn) await turn
      checks.values(place, value)
      await checkRow(checks, place, value)
      if ('label' in value) labels.add(place, value['label'])
    }
  }
  labels.finish()
  return checks.finish()
}

async function checkRow(checks: Checks, place: Place, row: Row): Promise<void> {
  const images = await checkImages(checks, place, row['images'])
  const prompt = readMessages(checks, place, row['prompt'], 'prompt')
  if (!prompt) return
  checkOrder(checks, place, prompt.messages.map(({ role }) => ({ role, text: '' })), 'user') // prettier-ignore
  if (prompt.images !== images)
    checks.fail('tokens', place, message('training.check.tokenCount', { token: '{type: image}', count: prompt.images, media: images }))
  const answers: (string | null)[] = []
  for (const key of ['completion', 'chosen', 'rejected']) {
    if (!(key in row)) continue
    const answer = readMessages(checks, place, row[key], key)
    if (!answer) continue
    if (answer.images > 0) checks.fail('tokens', place, message('training.check.imageInAnswer', { role: key }))
    if (answer.messages.length !== 1 || answer.messages[0]?.role !== 'assistant')
      checks.fail('turns', place, message('training.check.notOneAnswer', { key }))
    answers.push(answer.messages[0]?.text ?? null)
  }
  if ('chosen' in row && answers[0] === answers[1]) checks.fail('preference', place, message('training.check.sameAnswers'))
}

/** Reads messages made of parts. Reports invalid messages and returns null. */
function readMessages(checks: Checks, place: Place, list: unknown, key: string) {
  if (!Array.isArray(list) || list.length === 0) {
    checks.fail('row', place, message('training.check.turnsMissing', { key }))
    return null
  }
  let images = 0
  const messages: { role: unknown; text: string }[] = []
  for (const each of list as unknown[]) {
    const parts = isRecord(each) ? each['content'] : undefined
    if (!isRecord(each) || !Array.isArray(parts)) {
      checks.fail('row', place, message('training.check.notParts', { key }))
      return null
    }
    const texts: string[] = []
    for (const part of parts as unknown[]) {
      const type = isRecord(part) ? part['type'] : undefined
      if (type === 'image') images += 1
      else if (isRecord(part) && type === 'text') {
        if (checkText(checks, place, part['text'], key)) texts.push(part['text'] as string)
        checkLiteral(checks, place, part['text'], key)
      } else checks.fail('row', place, message('training.check.partType', { type: JSON.stringify(type) ?? 'undefined' }))
    }
    if (texts.length === 0) checks.fail('text', place, message('training.check.textBlank', { what: key }))
    messages.push({ role: each['role'], text: texts.join('\n').trim() })
  }
  return { images, messages }
}
