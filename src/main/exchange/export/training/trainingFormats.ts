import type { TrainingFormatId } from '../../../../shared/domain'
import { alpaca } from '../alpaca/alpaca'
import { axolotl } from '../axolotl/axolotl'
import { chat } from '../chat/chat'
import { csv } from '../csv/csv'
import { huggingFace } from '../huggingFace/huggingFace'
import { internvl } from '../internvl/internvl'
import { llamafactory } from '../llamafactory/llamafactory'
import { llava } from '../llava/llava'
import { msSwift } from '../msSwift/msSwift'
import { qwen } from '../qwen/qwen'
import { trl } from '../trl/trl'
import type { TrainingFormat } from './records'
import { webdataset } from '../webdataset/webdataset'

/** The training formats by id, as listed in the window and on the command line. */
export const trainingFormats: Readonly<Record<TrainingFormatId, TrainingFormat>> = {
  llava,
  llamafactory,
  qwen,
  internvl,
  chat,
  'ms-swift': msSwift,
  alpaca,
  axolotl,
  csv,
  trl,
  'hugging-face': huggingFace,
  webdataset,
}
