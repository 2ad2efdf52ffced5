import type { TrainingFormat, TrainingRecord } from '../training/records'
import { openRows } from '../training/rows'
import { columns, toCell, validateCsv } from './validateCsv'

const rowOf = (record: TrainingRecord, render: (pieces: TrainingRecord['prompt']) => string): Record<(typeof columns)[number], unknown> => {
  const { id, item, split, turn, system, media, prompt, outcome, pairs, boxes } = record
  const [pair] = pairs
  const { provenance } = pair ?? {}
  return {
    ...{ id, item, split, turn, system, instruction: render(prompt), response: outcome.kind === 'dpo' ? '' : render(outcome.answer) },
    draft_instruction: pair?.draft?.instruction,
    draft_response: pair?.draft?.response,
    reasoning: pair?.reasoning,
    media: media.map(({ path }) => path).join(' '),
    sources: JSON.stringify(media.map(({ fileName, sha256, width, height }) => ({ fileName, sha256, width, height }))),
    boxes:
      boxes.length > 0
        ? JSON.stringify(boxes.map(({ label, media: place, x1, y1, x2, y2 }) => ({ label, media: place, x1, y1, x2, y2 })))
        : '',
    provenance: provenance ? JSON.stringify(provenance) : '',
  }
}

/** A table for spreadsheets and pandas (RFC 4180, UTF-8): one pair per row, with its provenance. */
export const csv: TrainingFormat = {
  id: 'csv',
  software: 'spreadsheets, pandas, datasets',
  limits: {
    ...{ maxImages: Infinity, videoFiles: true, system: true },
    turns: { sft: 'rows', dpo: 'none', kto: 'none' },
  },
  open: (target) =>
    openRows(target, {
      extension: 'csv',
      header: `${columns.join(',')}\r\n`,
      toRow(record) {
        const row = rowOf(record, target.renderPieces)
        return `${columns.map((column) => toCell(row[column])).join(',')}\r\n`
      },
    }),
  validate: validateCsv,
}
