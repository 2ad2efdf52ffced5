import { message } from '../../../../shared/messages/message'
import type { TrainingFormat, TrainingRecord } from '../training/records'
import { openRows } from '../training/rows'
import { mediaTokens, pathsOf, plainTexts, toTextTurns } from '../training/texts'
import { turnMarks, validateLlava } from './validateLlava'

const findFault = (record: TrainingRecord) => {
  for (const text of plainTexts(record))
    for (const mark of turnMarks) if (text.includes(mark)) return message('training.leftOut.turnMark', { mark: mark.trim() })
  return null
}

/** LLaVA 1.5 (`llava/train/train.py`): a JSON list with one image per row. */
export const llava: TrainingFormat = {
  id: 'llava',
  software: 'LLaVA (--data_path, --image_folder)',
  limits: {
    ...{ maxImages: 1, videoFiles: false, system: false },
    ...{ turns: { sft: 'history', dpo: 'none', kto: 'none' }, findFault },
  },
  open: (target) =>
    openRows(target, {
      extension: 'json',
      toRow(record) {
        const [image] = pathsOf(record.media, 'image')
        const turns = toTextTurns(record, target.renderPieces, mediaTokens(record.media))
        return {
          id: record.id,
          ...(image === undefined ? {} : { image }),
          conversations: turns.map(({ role, text }) => ({ from: role === 'user' ? 'human' : 'gpt', value: text })),
        }
      },
    }),
  validate: validateLlava,
}
