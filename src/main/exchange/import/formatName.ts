import type { ImportFormat } from '../../../shared/domain'
import { message, type Message } from '../../../shared/messages/message'

/** What people call a file of a format, within a sentence. */
export const formatName = {
  coco: message('import.formatName.coco'),
  llava: message('import.formatName.llava'),
  'spot-the-diff': message('import.formatName.spotTheDiff'),
  vist: message('import.formatName.vist'),
  activitynet: message('import.formatName.activitynet'),
  tvc: message('import.formatName.tvc'),
  scanrefer: message('import.formatName.scanrefer'),
  ego4d: message('import.formatName.ego4d'),
  vtt: message('import.formatName.subtitles'),
  labelme: message('import.formatName.labelme'),
  via: message('import.formatName.via'),
  voc: message('import.formatName.voc'),
  yolo: message('import.formatName.yolo'),
  'label-studio': message('import.formatName.labelStudio'),
  karpathy: message('import.formatName.karpathy'),
  'mimic-it': message('import.formatName.mimicIt'),
  csv: message('import.formatName.csv'),
  jsonl: message('import.formatName.jsonl'),
  folder: message('import.formatName.folder'),
} as const satisfies Record<ImportFormat, Message>
