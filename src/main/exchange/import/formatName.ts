import type { ImportFormat } from '../../../shared/domain'
import { type Said, say } from '../../../shared/say'

/** What people call a file of a format, within a sentence. */
export const formatName = {
  coco: say`a COCO file`,
  llava: say`a LLaVA file`,
  'spot-the-diff': say`a Spot-the-Diff file`,
  vist: say`a VIST file`,
  activitynet: say`an ActivityNet Captions file`,
  tvc: say`a TVC file (JSON lines)`,
  scanrefer: say`a file of scene descriptions`,
  ego4d: say`a file of Ego4D narrations`,
  vtt: say`subtitles`,
  labelme: say`a labelme file`,
  via: say`a file of VGG Image Annotator (VIA)`,
  voc: say`a Pascal VOC file (XML)`,
  yolo: say`YOLO labels`,
  'label-studio': say`a Label Studio export`,
  karpathy: say`a Karpathy split (captions)`,
  'mimic-it': say`a MIMIC-IT file of instructions`,
  csv: say`a CSV table`,
  jsonl: say`one JSON object a line`,
  folder: say`a folder`,
} as const satisfies Record<ImportFormat, Said>
