import type { ImportRequest } from '../../../../shared/contract'
import type { ImportFormat, RecipeId } from '../../../../shared/domain'

const json = { name: 'JSON', extensions: ['json'] }
const jsonOrLines = { name: 'JSON', extensions: ['json', 'jsonl', 'ndjson'] }
const annotation = { key: 'file', label: 'library.annotationFile', file: json, required: true } as const
const filesMap = { key: 'files', label: 'library.filesMap', file: json, required: false } as const

/** Field for annotation files. Many tools write one file per image, so a folder can be selected as well. */
const filesOf = (name: string, extensions: readonly string[]) =>
  ({ key: 'file', label: 'library.annotationFile', file: { name, extensions }, orFolder: true, required: true }) as const

/** Field for training data, as a file or as the folder of an export. */
const pairData = (extensions: readonly string[]) =>
  ({ key: 'file', label: 'library.pairFile', file: { name: extensions.join(', '), extensions }, orFolder: true, required: true }) as const

/** The default import format of each recipe. */
export const nativeFormats = {
  la: 'coco',
  cgd: 'coco',
  sd: 'spot-the-diff',
  vst: 'vist',
  dc: 'activitynet',
  tvc: 'tvc',
  sn: 'scanrefer',
  e4d: 'ego4d',
  custom: 'jsonl',
} as const satisfies Record<RecipeId, ImportFormat>

/** The file fields of each format, in addition to the folder of the media. */
export const importFields = {
  coco: [
    { key: 'captions', label: 'library.captionsFile', file: json, required: false },
    { key: 'instances', label: 'library.instancesFile', file: json, required: false },
  ],
  llava: [{ ...annotation, file: jsonOrLines }],
  'spot-the-diff': [annotation, filesMap],
  vist: [annotation, filesMap],
  activitynet: [annotation, filesMap],
  tvc: [{ ...annotation, file: { name: 'JSONL', extensions: ['jsonl', 'ndjson', 'json'] } }, filesMap],
  scanrefer: [
    annotation,
    { key: 'activities', label: 'library.activitiesFile', file: { name: 'Text', extensions: ['txt'] }, required: false },
    filesMap,
  ],
  ego4d: [annotation, filesMap],
  vtt: [
    {
      key: 'file',
      label: 'library.subtitleFile',
      file: { name: 'Subtitles', extensions: ['vtt', 'srt', 'ass', 'ssa', 'sbv', 'json'] },
      required: true,
    },
    filesMap,
  ],
  labelme: [filesOf('JSON', ['json'])],
  via: [filesOf('JSON, CSV', ['json', 'csv'])],
  voc: [filesOf('XML', ['xml'])],
  yolo: [filesOf('YOLO', ['txt', 'yaml', 'yml'])],
  'label-studio': [filesOf('JSON', ['json'])],
  karpathy: [annotation],
  'mimic-it': [filesOf('JSON', ['json'])],
  csv: [{ key: 'file', label: 'library.csvFile', file: { name: 'CSV', extensions: ['csv', 'tsv', 'txt', 'token'] }, required: true }],
  jsonl: [{ key: 'file', label: 'library.jsonlFile', file: { name: 'JSONL', extensions: ['jsonl', 'ndjson', 'json'] }, required: true }],
  folder: [],
  sharegpt: [pairData(['json', 'jsonl'])],
  chat: [pairData(['jsonl', 'json'])],
  qwen: [pairData(['json', 'jsonl'])],
  internvl: [pairData(['jsonl', 'json'])],
  llamafactory: [pairData(['json', 'jsonl'])],
  'ms-swift': [pairData(['jsonl', 'json'])],
  alpaca: [pairData(['json', 'jsonl'])],
  axolotl: [pairData(['jsonl', 'json'])],
  trl: [pairData(['parquet'])],
  'hugging-face': [pairData(['parquet'])],
  webdataset: [pairData(['tar'])],
} as const satisfies Record<ImportFormat, readonly object[]>

/** Formats whose texts may have another encoding than UTF-8. */
const encodedFormats: readonly ImportFormat[] = ['csv', 'vtt', 'folder']
export const hasEncoding = (format: ImportFormat): boolean => encodedFormats.includes(format)

/** Selectable encodings, by their names in the WHATWG Encoding Standard. */
export const encodings = ['utf-8', 'windows-1252', 'windows-1250', 'windows-1251', 'shift_jis', 'gb18030', 'big5', 'euc-kr'] as const

export type FieldKey = (typeof importFields)[ImportFormat][number]['key']

/** Returns the request of the filled-in fields, or null while a required one is missing. COCO needs one of its two files. */
export function requestOf(format: ImportFormat, paths: Partial<Record<FieldKey | 'mediaDirectory', string>>): ImportRequest | null {
  const fields = importFields[format]
  const given = fields.flatMap(({ key }) => (paths[key] ? [[key, paths[key]] as const] : []))
  const lacks = fields.some(({ key, required }) => required && !paths[key]) || (fields.length > 0 && given.length === 0)
  if (!paths.mediaDirectory || lacks) return null
  return { format, mediaDirectory: paths.mediaDirectory, ...Object.fromEntries(given) }
}
