import path from 'node:path'
import { writeTextFile } from '../files/atomicDirectory'
import type { Pieces, PlacedBox, TrainingFormat, TrainingRecord } from '../training/records'
import { openRows } from '../training/rows'
import { mediaTokens, pathsOf, toTextTurns } from '../training/texts'
import { msSwiftHandOff } from './handOff'
import { customDatasetInfoFile, validateMsSwift } from './validateMsSwift'

/** Collects objects in pixels of the source images; ms-swift converts them to the coordinates of the model. */
function collectObjects() {
  const objects = { ref: [] as string[], bbox: [] as number[][], image_id: [] as number[] }
  const add = (box: PlacedBox) => {
    objects.bbox.push([box.x1, box.y1, box.x2, box.y2].map((value) => Math.round(value)))
    objects.image_id.push(box.media)
    return '<bbox>'
  }
  const render = (pieces: Pieces) =>
    pieces
      .map((piece) => {
        if (typeof piece === 'string') return piece
        if ('boxes' in piece) return piece.boxes.map(add).join(', ')
        objects.ref.push(piece.ref.label)
        return '<ref-object>'
      })
      .join('')
  return { render, read: () => (objects.bbox.length + objects.ref.length > 0 ? { objects: { ...objects, bbox_type: 'real' } } : {}) }
}

function toRow(record: TrainingRecord) {
  const { media, system, outcome } = record
  const objects = collectObjects()
  const messages = toTextTurns(record, objects.render, mediaTokens(media)).map(({ role, text }) => ({
    role: role as string,
    content: text,
  }))
  if (system !== null) messages.unshift({ role: 'system', content: system })
  if (outcome.kind === 'dpo') messages.push({ role: 'assistant', content: objects.render(outcome.chosen) })
  const [images, videos] = [pathsOf(media, 'image'), pathsOf(media, 'video')]
  return {
    messages,
    ...(outcome.kind === 'dpo' ? { rejected_response: objects.render(outcome.rejected) } : {}),
    ...(outcome.kind === 'kto' ? { label: outcome.label } : {}),
    ...(images.length > 0 ? { images } : {}),
    ...(videos.length > 0 ? { videos } : {}),
    ...objects.read(),
  }
}

/** ms-swift's own rows: SFT, DPO (`rejected_response`), KTO (`label`) and grounding (`objects`). */
export const msSwift: TrainingFormat = {
  id: 'ms-swift',
  software: 'ms-swift (swift sft or swift rlhf, as TRAINING.md says)',
  limits: {
    ...{ maxImages: Infinity, videoFiles: true, system: true },
    turns: { sft: 'history', dpo: 'history', kto: 'history' },
  },
  open: (target) =>
    openRows(target, {
      extension: 'jsonl',
      toRow,
      async finish(splits) {
        const list = [...splits].map(([split, { file }]) => ({
          dataset_name: split === 'train' ? target.name : `${target.name}_${split}`,
          dataset_path: file,
        }))
        await writeTextFile(path.join(target.directory, customDatasetInfoFile), async (write) =>
          write(`${JSON.stringify(list, null, 2)}\n`),
        )
        return [customDatasetInfoFile]
      },
    }),
  handOff: msSwiftHandOff,
  validate: validateMsSwift,
}
