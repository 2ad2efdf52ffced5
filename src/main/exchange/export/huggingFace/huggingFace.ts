import { openTables } from '../training/openTables'
import type { Columns } from '../training/parquetTable'
import type { TrainingFormat } from '../training/records'
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

/** A data set for Hugging Face `datasets`: Parquet with images, a card whose YAML names each column, and Croissant metadata. */
export const huggingFace: TrainingFormat = {
  id: 'hugging-face',
  software: 'Hugging Face datasets (load_dataset of this folder), the Hub, mlcroissant',
  limits: {
    ...{ maxImages: Infinity, videoFiles: false, system: true, embedsImages: true },
    turns: { sft: 'rows', dpo: 'none', kto: 'none' },
  },
  open: (target) => {
    const facts = { records: 0, images: 0, characters: 0, demoRows: 0 }
    return openTables(
      target,
      columns,
      ({ id, item, turn, system, prompt, outcome, pairs }, images) => {
        const [instruction, response] = [target.renderPieces(prompt), outcome.kind === 'dpo' ? '' : target.renderPieces(outcome.answer)]
        facts.records += 1
        facts.images += images.length
        if (pairs.some(({ isDemo }) => isDemo)) facts.demoRows += 1
        facts.characters += response.length
        return { id, item, turn: turn === null ? null : BigInt(turn), images, system, instruction, response }
      },
      async (splits) => [...(await writeCard(target, columns, splits, facts)), ...(await writeCroissant(target, columns, splits))],
    )
  },
  validate: validateHuggingFace,
}
