import { openTables } from '../training/openTables'
import type { Columns, Feature } from '../training/parquetTable'
import { toPartMessages } from '../training/parts'
import type { Pieces, TrainingFormat } from '../training/records'
import { trlHandOff } from './handOff'
import { validateTrl } from './validateTrl'

const string = { kind: 'string' } as const satisfies Feature

/** Parts contain only a type and a text: TRL treats a part with an empty `image` as no image. */
const messages = {
  kind: 'list',
  of: {
    kind: 'struct',
    fields: { role: string, content: { kind: 'list', of: { kind: 'struct', fields: { type: string, text: string } } } },
  },
} as const satisfies Feature

const images = { kind: 'list', of: { kind: 'image' } } as const satisfies Feature

const columns = {
  sft: { images, prompt: messages, completion: messages },
  dpo: { images, prompt: messages, chosen: messages, rejected: messages },
  kto: { images, prompt: messages, completion: messages, label: { kind: 'bool' } },
} as const satisfies Record<string, Columns>

interface Part {
  readonly type: 'text' | 'image'
  readonly text: string | null
}

/** TRL's conversational rows as Parquet with images. The prompt is everything except the last answer. */
export const trl: TrainingFormat = {
  id: 'trl',
  software: 'TRL (trl sft, trl dpo or trl kto, as TRAINING.md says)',
  limits: {
    ...{ maxImages: Infinity, videoFiles: false, system: true, embedsImages: true },
    turns: { sft: 'history', dpo: 'history', kto: 'history' },
  },
  open: (target) =>
    openTables(target, columns[target.kind], (record, given) => {
      const text = (pieces: Pieces): Part => ({ type: 'text', text: target.renderPieces(pieces) })
      const prompt = toPartMessages<Part>(record, text, record.media.map(() => ({ type: 'image', text: null }))) // prettier-ignore
      const answer = (pieces: Pieces) => [{ role: 'assistant', content: [text(pieces)] }]
      const { outcome } = record
      const shared = { images: given, prompt }
      switch (outcome.kind) {
        case 'sft':
          return { ...shared, completion: answer(outcome.answer) }
        case 'dpo':
          return { ...shared, chosen: answer(outcome.chosen), rejected: answer(outcome.rejected) }
        case 'kto':
          return { ...shared, completion: answer(outcome.answer), label: outcome.label }
        default:
          return outcome satisfies never
      }
    }),
  handOff: trlHandOff,
  validate: validateTrl,
}
