import { openTables } from '../training/openTables'
import type { Columns } from '../training/parquetTable'
import type { TrainingFormat } from '../training/records'
import { createCardFacts, loadLanguageDetector } from '../card/cardFacts'
import { writeCard } from './card'
import { writeCroissant } from './croissant'
import { validateHuggingFace } from './validateHuggingFace'

const string = { kind: 'string' } as const

const columns = {
  id: string,
  item: string,
  turn: { kind: 'int64' },
  images: { kind: 'list', of: { kind: 'image' } },
  system: string,
  instruction: string,
  response: string,
} as const satisfies Columns

/** A data set for Hugging Face `datasets`: Parquet with images, a card whose YAML lists each column, and Croissant metadata. */
export const huggingFace: TrainingFormat = {
  id: 'hugging-face',
  software: 'Hugging Face datasets (load_dataset of this folder), the Hub, mlcroissant',
  limits: {
    ...{ maxImages: Infinity, videoFiles: false, system: true, embedsImages: true },
    turns: { sft: 'rows', dpo: 'none', kto: 'none' },
  },
  open: (target) => {
    let counted: ReturnType<typeof createCardFacts> | undefined
    return openTables(
      target,
      columns,
      async (record, images) => {
        const { id, item, turn, system, prompt, outcome } = record
        counted ??= createCardFacts(await loadLanguageDetector())
        counted.add(record)
        const [instruction, response] = [target.renderPieces(prompt), outcome.kind === 'dpo' ? '' : target.renderPieces(outcome.answer)]
        return { id, item, turn: turn === null ? null : BigInt(turn), images, system, instruction, response }
      },
      async (splits) => {
        const facts = (counted ?? createCardFacts(await loadLanguageDetector())).read()
        return [...(await writeCard(target, columns, splits, facts)), ...(await writeCroissant(target, columns, splits, facts))]
      },
    )
  },
  validate: validateHuggingFace,
}
