import { createReadStream } from 'node:fs'
import path from 'node:path'
import { message } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import { createChecks, splitOf, type Place } from '../training/check/checks'
import { listData } from '../training/check/listData'
import { checkText } from '../training/check/rowChecks'
import { readCells } from './readCells'

export const columns = [
  ...(['id', 'item', 'split', 'turn', 'system', 'instruction', 'response', 'draft_instruction', 'draft_response', 'reasoning'] as const),
  ...(['media', 'sources', 'boxes', 'provenance'] as const),
] as const

/** Matches cells that a spreadsheet interprets as a formula. */
const startsFormula = /^[=+\-@\t\r]/
/**
 * Matches text that starts with optional apostrophes and a formula character: it gets one more apostrophe, so that reading removes only the
 * added one.
 */
const isGuarded = /^'*[=+\-@\t\r]/

/**
 * Writes a value as a cell. An apostrophe prefix turns text that a spreadsheet would run as a formula into plain text (OWASP, “CSV
 * injection”).
 */
export function toCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = isGuarded.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Returns the original text of a cell. */
export const fromCell = (cell: string): string => (cell.startsWith("'") && isGuarded.test(cell) ? cell.slice(1) : cell)

/** Reads tables back and checks shape, ids, texts, media, and cells that a spreadsheet would run as formulas. */
export async function validateCsv(directory: string, pause: Pause): Promise<ValidationResult> {
  const checks = createChecks(directory, pause)
  for (const file of await listData(checks, directory, ['csv'])) {
    let row = 0
    let header: readonly string[] | null = null
    const fail = (fault: Parameters<typeof checks.fail>[2]) => checks.fail('file', { file, row: `row ${row}` }, fault)
    for await (const { cells, fault } of readCells(createReadStream(path.join(directory, file)))) {
      if (fault) fail(fault)
      if (header === null) {
        header = cells
        const missing = ['id', 'instruction', 'response', 'media'].filter((name) => !cells.includes(name))
        if (missing.length > 0) return (fail(message('training.check.columnsMissing', { columns: missing.join(', ') })), checks.finish())
        continue
      }
      row += 1
      const turn = pause(row, row)
      if (turn) await turn
      const place: Place = { file, row: `row ${row}`, split: splitOf(file) }
      if (cells.length !== header.length) {
        fail(message('training.check.cellCount', { count: cells.length, columns: header.length }))
        continue
      }
      for (const cell of cells)
        if (startsFormula.test(cell)) checks.fail('text', place, message('training.check.formula', { cell: cell.slice(0, 20) }))
      const values = Object.fromEntries(header.map((name, at) => [name, cells[at] ?? '']))
      checks.values(place, values)
      checks.id(place, values['id'])
      checkText(checks, place, values['instruction'], 'instruction')
      checkText(checks, place, values['response'], 'response')
      for (const name of (values['media'] ?? '').split(' ').filter((each) => each !== ''))
        await checks.medium(place, /\.(?:jpe?g|png|webp)$/.test(name) ? 'image' : 'video', name)
    }
    if (row === 0) fail(message('training.check.noRows'))
  }
  return checks.finish()
}
