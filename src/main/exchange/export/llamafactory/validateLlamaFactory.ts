import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { messageOf } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import { createChecks, findPathFault, isRecord, type Checks, type Place, type Row } from '../training/check/checks'
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
import { datasetInfoFile, tags } from './datasetInfo'

const entrySchema = z.looseObject({
  file_name: z.string(),
  formatting: z.string().default('alpaca'),
  ranking: z.boolean().default(false),
  columns: z.record(z.string(), z.string()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
})
type Entry = z.infer<typeof entrySchema>

/**
 * Number of characters from which the default `cutoff_len` truncates a row and the tokens at its end; an English token has about four
 * characters.
 */
const cutoffCharacters = 2048 * 4

/** Reads data sets back as `dataset_info.json` describes them to LLaMA-Factory, in its formats `sharegpt` and `alpaca`. */
export async function validateLlamaFactory(directory: string, pause: Pause): Promise<ValidationResult> {
  const checks = createChecks(directory, pause)
  for (const [name, given] of Object.entries(await readInfo(directory, checks))) {
    const parsed = entrySchema.safeParse(given)
    if (parsed.success) await checkEntry(checks, name, parsed.data)
    else {
      const [issue] = parsed.error.issues
      checks.fail(
        'settings',
        { file: datasetInfoFile, row: name },
        message('common.labelled', { label: issue?.path.join('.'), text: issue?.message }),
      )
    }
  }
  return checks.finish()
}

async function readInfo(directory: string, checks: Checks): Promise<Row> {
  try {
    const info: unknown = JSON.parse(await readFile(path.join(directory, datasetInfoFile), 'utf8'))
    if (isRecord(info) && Object.keys(info).length > 0) return info
    checks.fail('settings', { file: datasetInfoFile }, message('training.check.noEntries'))
  } catch (error) {
    checks.fail('settings', { file: datasetInfoFile }, message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
  }
  return {}
}

async function checkEntry(checks: Checks, name: string, entry: Entry): Promise<void> {
  const at = { file: datasetInfoFile, row: name }
  const { formatting, columns = {}, tags: given } = entry
  if (formatting !== 'sharegpt' && formatting !== 'alpaca')
    return checks.fail('settings', at, message('training.check.formatting', { formatting }))
  const fault = findPathFault(entry.file_name)
  if (fault) return checks.fail('settings', at, fault)
  const isAlpaca = formatting === 'alpaca'
  const required = isAlpaca ? ['prompt', 'response'] : ['messages', ...(entry.ranking ? ['chosen', 'rejected'] : [])]
  for (const key of required) if (!(key in columns)) checks.fail('settings', at, message('training.check.unmapped', { key }))
  if (!isAlpaca)
    for (const tag of Object.keys(tags))
      if (!given || !(tag in given)) checks.fail('settings', at, message('training.check.tagMissing', { tag }))
  const labels = createLabelCheck(checks)
  const seen = new Set<string>()
  let rows = 0
  for await (const { value, ...place } of checks.rows(entry.file_name, entry.file_name.endsWith('.jsonl') ? 'jsonl' : 'json')) {
    rows += 1
    for (const key of Object.keys(value)) seen.add(key)
    checkKeys(checks, place, value, unmapped(columns))
    const media = {
      image: columns['images'] ? readMedia(checks, place, value, columns['images'], 'list') : [],
      video: columns['videos'] ? readMedia(checks, place, value, columns['videos'], 'list') : [],
    }
    const files = { image: media.image, video: media.video.flatMap((each) => (Array.isArray(each) ? [] : [each])) }
    for (const frames of media.video) if (Array.isArray(frames)) for (const frame of frames) await checks.medium(place, 'image', frame)
    await checkMedia(checks, place, files)
    const turns = isAlpaca ? readAlpaca(checks, place, value, columns) : readMessages(checks, place, value, entry)
    if (!turns) continue
    checkOrder(checks, place, turns, entry.ranking ? 'user' : 'assistant')
    checkTokenTexts(checks, place, turns, media)
    if (turns.reduce((sum, { text }) => sum + String(text).length, 0) > cutoffCharacters)
      checks.fail('advice', place, message('training.check.cutOff'))
    if (entry.ranking) checkRanking(checks, place, value, columns)
    if (columns['kto_tag'] !== undefined) labels.add(place, value[columns['kto_tag']])
  }
  if (rows > 0)
    for (const [key, column] of Object.entries(columns))
      if (!seen.has(column)) checks.fail('settings', at, message('training.check.columnInNoRow', { key, column }))
  labels.finish()
}

/** Returns the columns that would only be read if they were mapped. */
const unmapped = (columns: Readonly<Record<string, string>>): string[] => {
  const mapped = new Set(Object.values(columns))
  return ['images', 'videos', 'audios', 'image', 'video', 'chosen', 'rejected', 'label', 'kto_tag'].filter((key) => !mapped.has(key))
}

function readMessages(checks: Checks, place: Place, row: Row, { columns = {}, tags: given = {} }: Entry): ReadTurn[] | null {
  const key = columns['messages'] ?? 'conversations'
  const [role, text] = [given['role_tag'] ?? 'from', given['content_tag'] ?? 'value']
  const names = { user_tag: 'user', assistant_tag: 'assistant', system_tag: 'system' }
  const roles = Object.fromEntries(Object.entries(names).flatMap(([tag, name]) => (given[tag] === undefined ? [] : [[given[tag], name]])))
  // A role without a tag is not recognised, even if it is called user.
  const others = Object.fromEntries(Object.values(names).flatMap((name) => (name in roles ? [] : [[name, `${name} (no tag)`]])))
  return readTurns(checks, place, row[key], { key, role, text }, { ...others, ...roles })
}

function readAlpaca(checks: Checks, place: Place, row: Row, columns: Readonly<Record<string, string>>): ReadTurn[] | null {
  const [prompt, query, response] = [columns['prompt'], columns['query'], columns['response']].map((key) =>
    key === undefined ? undefined : row[key],
  )
  const system = columns['system'] === undefined ? undefined : row[columns['system']]
  const history = columns['history'] === undefined ? undefined : row[columns['history']]
  if (query !== undefined && query !== null && typeof query !== 'string')
    checks.fail('row', place, message('training.check.textMissing', { what: 'input', value: JSON.stringify(query) }))
  const turns: ReadTurn[] = typeof system === 'string' && system !== '' ? [{ role: 'system', text: system }] : []
  if (history !== undefined && history !== null) {
    const isPairs = Array.isArray(history) && history.every((each: unknown) => Array.isArray(each) && each.length === 2)
    if (!isPairs) {
      checks.fail('row', place, message('training.check.historyNotPairs'))
      return null
    }
    for (const [user, assistant] of history as unknown[][]) turns.push({ role: 'user', text: user }, { role: 'assistant', text: assistant })
  }
  const question = typeof prompt === 'string' && typeof query === 'string' && query !== '' ? `${prompt}\n${query}` : prompt
  return [...turns, { role: 'user', text: question }, { role: 'assistant', text: response }]
}

function checkRanking(checks: Checks, place: Place, row: Row, columns: Readonly<Record<string, string>>): void {
  const [chosen, rejected] = ['chosen', 'rejected'].map((key) => row[columns[key] ?? key])
  if (!isRecord(chosen) || !isRecord(rejected) || chosen['role'] !== 'assistant' || rejected['role'] !== 'assistant')
    return checks.fail('preference', place, message('training.check.answerNotMessage'))
  checkPreference(checks, place, chosen['content'], rejected['content'])
}
