import { toPartMessages } from '../training/parts'
import type { TrainingFormat } from '../training/records'
import { openRows } from '../training/rows'
import { axolotlHandOff } from './handOff'
import { validateAxolotl } from './validateAxolotl'

type Part = { type: 'text'; text: string } | { type: 'image' | 'video'; path: string }

/** axolotl's `chat_template` rows, with media as parts of the messages. axolotl documents no preference data with media. */
export const axolotl: TrainingFormat = {
  id: 'axolotl',
  software: 'axolotl (axolotl train, as TRAINING.md says)',
  limits: {
    ...{ maxImages: Infinity, videoFiles: true, system: true },
    turns: { sft: 'history', dpo: 'none', kto: 'none' },
  },
  open: (target) =>
    openRows(target, {
      extension: 'jsonl',
      toRow(record) {
        const text = (pieces: typeof record.prompt): Part => ({ type: 'text', text: target.renderPieces(pieces) })
        const { outcome } = record
        const answer = outcome.kind === 'dpo' ? [] : outcome.answer
        return {
          messages: [
            ...toPartMessages<Part>(record, text, record.media.map(({ kind, path: file }) => ({ type: kind, path: file }))), // prettier-ignore
            { role: 'assistant', content: [text(answer)] },
          ],
        }
      },
    }),
  handOff: axolotlHandOff,
  validate: validateAxolotl,
}
