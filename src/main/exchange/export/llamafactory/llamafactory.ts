import type { TrainingFormat } from '../training/records'
import { openRows } from '../training/rows'
import { mediaTokens, pathsOf, toTextTurns } from '../training/texts'
import { createColumns, tags, writeDatasetInfo } from './datasetInfo'
import { llamafactoryHandOff } from './handOff'
import { validateLlamaFactory } from './validateLlamaFactory'

/** LLaMA-Factory's `sharegpt` rows with OpenAI's role names, for SFT, DPO (`ranking`) and KTO (`kto_tag`). */
export const llamafactory: TrainingFormat = {
  id: 'llamafactory',
  software: 'LLaMA-Factory (llamafactory-cli train, as TRAINING.md says)',
  limits: {
    ...{ maxImages: Infinity, videoFiles: true, system: true },
    turns: { sft: 'history', dpo: 'history', kto: 'history' },
  },
  open(target) {
    const columns = createColumns()
    const { renderPieces } = target
    return openRows(target, {
      extension: 'json',
      toRow(record) {
        const { media, system, outcome, split } = record
        const messages = toTextTurns(record, renderPieces, mediaTokens(media)).map(({ role, text }) => ({
          role: role as string,
          content: text,
        }))
        if (system !== null) messages.unshift({ role: 'system', content: system })
        const answer = (content: string) => ({ role: 'assistant', content })
        return {
          messages,
          ...(outcome.kind === 'dpo'
            ? { chosen: answer(renderPieces(outcome.chosen)), rejected: answer(renderPieces(outcome.rejected)) }
            : {}),
          ...(outcome.kind === 'kto' ? { label: outcome.label } : {}),
          ...columns.note(split, { images: pathsOf(media, 'image'), videos: pathsOf(media, 'video') }),
        }
      },
      finish: (splits) =>
        writeDatasetInfo(target, splits, (split) => ({
          formatting: 'sharegpt',
          ...(target.kind === 'dpo' ? { ranking: true } : {}),
          columns: {
            messages: 'messages',
            ...(target.kind === 'dpo' ? { chosen: 'chosen', rejected: 'rejected' } : {}),
            ...(target.kind === 'kto' ? { kto_tag: 'label' } : {}),
            ...columns.mapped(split),
          },
          tags,
        })),
    })
  },
  handOff: llamafactoryHandOff,
  validate: validateLlamaFactory,
}
