import type { ImportFormat } from '../../../shared/domain'

/** What people call a file of a format, within a sentence. */
export const formatName = {
  coco: 'a COCO file',
  llava: 'a LLaVA file',
  'spot-the-diff': 'a Spot-the-Diff file',
  vist: 'a VIST file',
  activitynet: 'an ActivityNet Captions file',
  tvc: 'a TVC file (JSON lines)',
  scanrefer: 'a file of scene descriptions',
  ego4d: 'a file of Ego4D narrations',
  vtt: 'subtitles',
  csv: 'a CSV table',
  jsonl: 'one JSON object a line',
  folder: 'a folder',
} as const satisfies Record<ImportFormat, string>
