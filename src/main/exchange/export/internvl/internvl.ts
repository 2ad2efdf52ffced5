import path from 'node:path'
import { writeTextFile } from '../files/atomicDirectory'
import type { RecordMedia, TrainingFormat } from '../training/records'
import { openRows } from '../training/rows'
import { pathsOf, toTextTurns } from '../training/texts'
import { metaFileOf, validateInternvl } from './validateInternvl'

/** Returns the image tokens; frames are numbered, as in InternVL's own video data. */
const tokens = (media: readonly RecordMedia[]): string =>
  media.map(({ frame }) => (frame === null ? '<image>\n' : `Frame-${frame + 1}: <image>\n`)).join('')

/**
 * InternVL's JSONL with its meta file; for DPO, the rows of MPO. InternVL's video loader needs an unpublished package, so videos are
 * exported as frames.
 */
export const internvl: TrainingFormat = {
  id: 'internvl',
  software: 'InternVL (--meta_path meta.json, started in this folder)',
  limits: {
    ...{ maxImages: Infinity, videoFiles: false, system: true },
    turns: { sft: 'history', dpo: 'none', kto: 'none' },
  },
  open: (target) =>
    openRows(target, {
      extension: 'jsonl',
      toRow(record) {
        const { id, media, system, outcome } = record
        // Use a list even for one image: for a single path, InternVL would insert a token into the system text.
        const image = media.length > 0 ? { image: pathsOf(media, 'image') } : {}
        const turns = toTextTurns(record, target.renderPieces, tokens(media))
        if (outcome.kind === 'dpo') {
          const question = (system === null ? '' : `${system}\n`) + (turns[0]?.text ?? '')
          return { id, ...image, question, chosen: target.renderPieces(outcome.chosen), rejected: target.renderPieces(outcome.rejected) }
        }
        const conversations = turns.map(({ role, text }) => ({ from: role === 'user' ? 'human' : 'gpt', value: text }))
        if (system !== null) conversations.unshift({ from: 'system', value: system })
        return { id, ...image, conversations }
      },
      async finish(splits) {
        // InternVL trains on all files in a meta file, so each split has its own meta file.
        for (const [split, { file, rows }] of splits) {
          const entry = { root: './', annotation: file, data_augment: false, repeat_time: 1, length: rows }
          const text = JSON.stringify({ [split === 'train' ? target.name : `${target.name}_${split}`]: entry }, null, 2)
          await writeTextFile(path.join(target.directory, metaFileOf(split)), async (write) => write(`${text}\n`))
        }
        return [...splits.keys()].map(metaFileOf)
      },
    }),
  validate: validateInternvl,
}
