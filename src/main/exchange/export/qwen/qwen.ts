import type { TrainingFormat } from '../training/records'
import { openRows } from '../training/rows'
import { mediaTokens, pathsOf, toTextTurns } from '../training/texts'
import { validateQwen } from './validateQwen'

/**
 * Qwen's own fine-tuning code (`qwen-vl-finetune`): a JSON list; the registry in `qwenvl/data/__init__.py` specifies the file and its
 * folder.
 */
export const qwen: TrainingFormat = {
  id: 'qwen',
  software: 'qwen-vl-finetune (annotation_path, data_path in qwenvl/data/__init__.py)',
  limits: {
    ...{ maxImages: Infinity, videoFiles: true, system: false },
    turns: { sft: 'history', dpo: 'none', kto: 'none' },
  },
  open: (target) =>
    openRows(target, {
      extension: 'json',
      toRow(record) {
        const [image, video] = [pathsOf(record.media, 'image'), pathsOf(record.media, 'video')]
        return {
          ...(image.length > 0 ? { image } : {}),
          ...(video.length > 0 ? { video } : {}),
          conversations: toTextTurns(record, target.renderPieces, mediaTokens(record.media)).map(({ role, text }) => ({
            from: role === 'user' ? 'human' : 'gpt',
            value: text,
          })),
        }
      },
    }),
  validate: validateQwen,
}
