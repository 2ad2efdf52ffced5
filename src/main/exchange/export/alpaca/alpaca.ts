import { createColumns, writeDatasetInfo } from '../llamafactory/datasetInfo'
import { validateLlamaFactory } from '../llamafactory/validateLlamaFactory'
import type { TrainingFormat } from '../training/records'
import { openRows } from '../training/rows'
import { mediaTokens, pathsOf, toTextTurns } from '../training/texts'

/** Alpaca rows with `history`, and a `dataset_info.json` with the media columns that LLaMA-Factory needs to read them. */
export const alpaca: TrainingFormat = {
  id: 'alpaca',
  software: 'LLaMA-Factory (dataset_dir: this folder); others read the text alone',
  limits: {
    ...{ maxImages: Infinity, videoFiles: true, system: true },
    turns: { sft: 'history', dpo: 'none', kto: 'none' },
  },
  open(target) {
    const columns = createColumns()
    return openRows(target, {
      extension: 'json',
      toRow(record) {
        const texts = toTextTurns(record, target.renderPieces, mediaTokens(record.media)).map(({ text }) => text)
        const history = Array.from({ length: texts.length / 2 - 1 }, (_, at) => texts.slice(2 * at, 2 * at + 2))
        const [instruction, output] = texts.slice(-2)
        const { media, split, system } = record
        return {
          ...{ instruction, input: '', output, history, system: system ?? '' },
          ...columns.note(split, { images: pathsOf(media, 'image'), videos: pathsOf(media, 'video') }),
        }
      },
      finish: (splits) =>
        writeDatasetInfo(target, splits, (split) => ({
          formatting: 'alpaca',
          columns: {
            prompt: 'instruction',
            query: 'input',
            response: 'output',
            history: 'history',
            system: 'system',
            ...columns.mapped(split),
          },
        })),
    })
  },
  validate: validateLlamaFactory,
}
