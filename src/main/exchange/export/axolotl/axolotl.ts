import path from 'node:path'
import { stringify } from 'yaml'
import { writeTextFile } from '../atomicDirectory'
import { toPartMessages } from '../training/parts'
import type { TrainingFormat } from '../training/records'
import { openRows } from '../training/rows'
import { settingsFile, validateAxolotl } from './validateAxolotl'

type Part = { type: 'text'; text: string } | { type: 'image' | 'video'; path: string }

/** The settings that axolotl needs for sets with media; all others are up to the training. */
const settings = (files: readonly string[]) => ({
  processor_type: 'AutoProcessor',
  skip_prepare_dataset: true,
  remove_unused_columns: false,
  sample_packing: false,
  chat_template: 'tokenizer_default',
  datasets: files.map((file) => ({ path: file, type: 'chat_template' })),
})

/** axolotl's `chat_template` rows, whose media are parts of the messages. It documents no preference data with media. */
export const axolotl: TrainingFormat = {
  id: 'axolotl',
  software: 'axolotl (axolotl train, started in this folder; add the settings of axolotl.yaml to yours)',
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
      async finish(splits) {
        const train = splits.get('train') ?? [...splits.values()][0]
        await writeTextFile(path.join(target.directory, settingsFile), (write) => write(stringify(settings(train ? [train.file] : []))))
        return [settingsFile]
      },
    }),
  validate: validateAxolotl,
}
