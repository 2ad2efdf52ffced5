import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import type { ImportFormat } from '../../../shared/domain'
import { isSubstation } from './subtitles/readCues'
import { isTranscriptTable } from './subtitles/readTranscript'
import { isHeader } from './csv/csv'
import { isKeyed } from './row/shapes'
import { type JsonEntry, readJsonEntries } from './json/readJsonStream'
import { isViaHeader } from './formats/via/readViaCsv'
import { message, type Message } from '../../../shared/messages/message'

/** Files of common tools and data sets that no import format reads: their names and suggested remedies. */
export const otherTools = {
  cvat: { name: message('import.otherTool.cvat'), remedy: message('import.otherTool.cvatRemedy') },
  vqa: {
    name: message('import.otherTool.vqa'),
    remedy: message('import.otherTool.vqaRemedy'),
  },
  visdial: {
    name: message('import.otherTool.visDial'),
    remedy: message('import.otherTool.visDialRemedy'),
  },
  'open-images': {
    name: message('import.otherTool.openImages'),
    remedy: message('import.otherTool.openImagesRemedy'),
  },
  'coco-keypoints': {
    name: message('import.otherTool.keyPoints'),
    remedy: message('import.otherTool.keyPointsRemedy'),
  },
  'activitynet-classes': {
    name: message('import.otherTool.activityClasses'),
    remedy: message('import.otherTool.activityClassesRemedy'),
  },
  'coco-results': {
    name: message('import.otherTool.cocoResults'),
    remedy: message('import.otherTool.cocoResultsRemedy'),
  },
  syphus: {
    name: message('import.otherTool.syphus'),
    remedy: message('import.otherTool.syphusRemedy'),
  },
} as const satisfies Record<string, { name: Message; remedy: Message }>
export type OtherTool = keyof typeof otherTools

export const isOtherTool = (guess: string): guess is OtherTool => Object.hasOwn(otherTools, guess)

/** Name of each format, for use within a sentence. */
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
  sharegpt: message('import.formatName.training', { format: 'ShareGPT' }),
  chat: message('import.formatName.training', { format: 'Chat Completions' }),
  qwen: message('import.formatName.training', { format: 'Qwen-VL' }),
  internvl: message('import.formatName.training', { format: 'InternVL' }),
  llamafactory: message('import.formatName.training', { format: 'LLaMA-Factory' }),
  'ms-swift': message('import.formatName.training', { format: 'ms-swift' }),
  alpaca: message('import.formatName.training', { format: 'Alpaca' }),
  axolotl: message('import.formatName.training', { format: 'axolotl' }),
  trl: message('import.formatName.training', { format: 'TRL' }),
  'hugging-face': message('import.formatName.training', { format: 'Hugging Face' }),
  webdataset: message('import.formatName.training', { format: 'WebDataset' }),
} as const satisfies Record<ImportFormat, Message>

/** A supported format, or another tool that is only recognised by name. */
export type Guess = ImportFormat | OtherTool

const headBytes = 64 * 1024
/** Maximum number of document entries to inspect. */
const maxEntries = 2000

const hasAll = (value: unknown, ...keys: readonly string[]) => isKeyed(value) && keys.every((key) => key in value)

async function readHead(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '')
  } finally {
    await handle.close()
  }
}

/** Checks whether a value is a record of turns: LLaVA conversations or chat messages. */
const isDialogue = (value: unknown) =>
  isKeyed(value) &&
  (('conversations' in value && !('media' in value)) || (Array.isArray(value.messages) && hasAll(value.messages[0], 'role', 'content')))

function guessByLine(line: string): Guess | null {
  try {
    const value: unknown = JSON.parse(line)
    if (hasAll(value, 'vid_name') && isKeyed(value) && ['descs', 'desc', 'ts'].some((key) => key in value)) return 'tvc'
    if (isDialogue(value)) return 'llava'
    return hasAll(value, 'id', 'media') || hasAll(value, 'item', 'media', 'instruction') ? 'jsonl' : null
  } catch {
    return null
  }
}

function guessByElement(value: unknown): Guess | null {
  if (isDialogue(value)) return 'llava'
  if (hasAll(value, 'scene_id', 'description')) return 'scanrefer'
  if (hasAll(value, 'img_id', 'sentences')) return 'spot-the-diff'
  if (isTask(value)) return 'label-studio'
  if (isQuestion(value)) return 'vqa'
  if (hasAll(value, 'image_id', 'score') && (hasAll(value, 'bbox') || hasAll(value, 'keypoints'))) return 'coco-results'
  return null
}

/** Checks whether a value is a question about an image, as in GQA, VizWiz, OK-VQA and others. */
const isQuestion = (value: unknown) =>
  hasAll(value, 'question') &&
  ['imageId', 'image_id', 'image'].some((key) => hasAll(value, key)) &&
  ['answer', 'answers', 'multiple_choice_answer', 'direct_answers'].some((key) => hasAll(value, key))

/** Checks whether a value is a task of a Label Studio export (full or JSON-MIN). */
function isTask(value: unknown): boolean {
  if (!isKeyed(value)) return false
  if (isKeyed(value.data) && ['annotations', 'completions', 'predictions'].some((key) => Array.isArray(value[key]))) return true
  const regions = Object.values(value).flatMap((each): unknown[] => (Array.isArray(each) ? each.slice(0, 1) : []))
  return regions.some((each) => hasAll(each, 'original_width') || hasAll(each, 'rectanglelabels') || hasAll(each, 'polygonlabels'))
}

/** Guesses the format from a list element that another tool or data set writes. */
function guessByOthers(key: string, value: unknown): Guess | null {
  if (key === 'shapes') return hasAll(value, 'label', 'points') ? 'labelme' : null
  if (key === 'images') return hasAll(value, 'filename', 'sentences') ? 'karpathy' : null
  if (key === 'questions') return hasAll(value, 'question', 'image_id') ? 'vqa' : null
  if (key === 'annotations' && hasAll(value, 'question_id')) return 'vqa'
  if (key === 'in_context') return hasAll(value, 'role', 'content') ? 'syphus' : null
  if (key === 'data') return isQuestion(value) ? 'vqa' : null
  return null
}

/** Guesses the format from an object member that another tool or data set writes. */
function guessMemberOfOthers(key: string, value: unknown): Guess | null {
  if (key === 'system_message') return 'syphus'
  if (key.startsWith('_via_') || hasAll(value, 'filename', 'regions')) return 'via'
  if (key === 'project' && hasAll(value, 'pid', 'pname')) return 'via'
  if (key === 'database' && isKeyed(value) && Object.values(value).some((video) => hasAll(video, 'annotations', 'subset')))
    return 'activitynet-classes'
  if (hasAll(value, 'imageId') && isQuestion(value)) return 'vqa'
  if (key === 'imagePath' || key === 'imageData') return 'labelme'
  return null
}

function guessByMember({ key, index, parent, value }: JsonEntry): Guess | null {
  if (key === null) return null
  const other = index === null ? guessMemberOfOthers(key, value) : guessByOthers(key, value)
  if (other !== null) return other
  if (parent === 'data') return key === 'dialogs' ? 'visdial' : hasAll(value, 'instruction', 'answer') ? 'mimic-it' : null
  if (index !== null) {
    if (key === 'images') return hasAll(value, 'file_name') ? 'coco' : hasAll(value, 'album_id') ? 'vist' : null
    if (key === 'annotations') return Array.isArray(value) ? 'vist' : hasAll(value, 'image_id') ? 'coco' : null
    return null
  }
  if (key === 'albums') return 'vist'
  if (hasAll(value, 'timestamps', 'sentences')) return 'activitynet'
  if (hasAll(value, 'clips') || hasAll(value, 'narration_pass_1') || hasAll(value, 'narration_pass_2')) return 'ego4d'
  return hasAll(value, 'description') && isKeyed(value) && Array.isArray(value.description) ? 'scanrefer' : null
}

async function guessByDocument(file: string): Promise<Guess | null> {
  let seen = 0
  let known: Guess | null = null
  for await (const entry of readJsonEntries(file, () => true, 'videos', 'data', '_via_img_metadata')) {
    const { key, index, value } = entry
    if (key === 'annotations' && index !== null && hasAll(value, 'keypoints') && !hasAll(value, 'bbox')) return 'coco-keypoints'
    const guess: Guess | null = key === null ? guessByElement(value) : guessByMember(entry)
    // Images alone do not show which kind of annotations follows.
    if (guess === 'coco' && key === 'images') known = guess
    else if (guess !== null) return known ?? guess
    // The first element represents its whole list.
    if (key === null || ++seen >= maxEntries) return known
  }
  return known
}

/** Guesses the format of an XML document from its root element. */
function guessByXml(head: string): Guess | null {
  const first = /<([A-Za-z_][\w.-]*)/.exec(head.replaceAll(/<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^>[]*(?:\[[^]*?\])?[^>]*>/gi, ''))?.[1]
  if (first === 'annotation') return 'voc'
  return first === 'annotations' ? 'cvat' : null
}

function guessByTable(file: string, firstLine: string): Guess | null {
  if (isViaHeader(firstLine)) return 'via'
  if (/^ImageID,.*\b(?:LabelName|XMin)\b/.test(firstLine)) return 'open-images'
  if (/^\d+(?:[ \t]+-?\d*\.?\d+(?:e[-+]?\d+)?){4,}\s*$/i.test(firstLine) && extname(file).toLowerCase() === '.txt') return 'yolo'
  return isHeader(firstLine) || (extname(file).toLowerCase() === '.csv' && /[,;\t]/.test(firstLine)) ? 'csv' : null
}

/** Guesses the format or tool of a file from its content. Returns null if it is unknown or the file cannot be read; never throws. */
export async function guessFile(file: string): Promise<Guess | null> {
  try {
    const head = await readHead(file)
    if (/^WEBVTT(?:\s|$)/.test(head) || isTranscriptTable(head)) return 'vtt'
    if (/^(?:\d+\s*\r?\n)?\d+:[\d:]+(?:[.,]\d+)? *(?:-->|,) *\d+:\d+:?\d*(?:[.,]\d+)?\s/.test(head.trimStart()) || isSubstation(head))
      return 'vtt'
    const firstLine = head.trimStart().split(/\r?\n/, 1)[0] ?? ''
    if (firstLine.startsWith('<')) return guessByXml(head)
    if (/^[[{]/.test(firstLine)) return guessByLine(firstLine) ?? (await guessByDocument(file))
    return guessByTable(file, firstLine)
  } catch {
    return null
  }
}

/** Guesses the import format of a file. Returns null if it is unknown or not supported. */
export async function guessFormat(file: string): Promise<ImportFormat | null> {
  const guess = await guessFile(file)
  return guess !== null && isOtherTool(guess) ? null : guess
}
