import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import type { ImportFormat } from '../../../shared/domain'
import { isHeader } from './csv'
import { readJsonEntries, type JsonEntry } from './readJsonStream'

const headBytes = 64 * 1024
/** Entries of a document that are looked at, at most. */
const mostEntries = 2000

type Keyed = Readonly<Record<string, unknown>>
const isKeyed = (value: unknown): value is Keyed => typeof value === 'object' && value !== null && !Array.isArray(value)
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

/** A record of turns: LLaVA's conversations, or chat messages. */
const isDialogue = (value: unknown) =>
  isKeyed(value) &&
  (('conversations' in value && !('media' in value)) || (Array.isArray(value.messages) && hasAll(value.messages[0], 'role', 'content')))

function guessByLine(line: string): ImportFormat | null {
  try {
    const value: unknown = JSON.parse(line)
    if (hasAll(value, 'vid_name') && isKeyed(value) && ['descs', 'desc', 'ts'].some((key) => key in value)) return 'tvc'
    if (isDialogue(value)) return 'llava'
    return hasAll(value, 'id', 'media') ? 'jsonl' : null
  } catch {
    return null
  }
}

function guessByElement(value: unknown): ImportFormat | null {
  if (isDialogue(value)) return 'llava'
  if (hasAll(value, 'scene_id', 'description')) return 'scanrefer'
  if (hasAll(value, 'img_id', 'sentences')) return 'spot-the-diff'
  return null
}

function guessByMember({ key, index, value }: JsonEntry): ImportFormat | null {
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

async function guessByDocument(file: string): Promise<ImportFormat | null> {
  let seen = 0
  for await (const entry of readJsonEntries(file, () => true, 'videos')) {
    const guess = entry.key === null ? guessByElement(entry.value) : guessByMember(entry)
    // The first element of a list speaks for it.
    if (guess !== null || entry.key === null || ++seen >= mostEntries) return guess
  }
  return null
}

/** Which format a file is in, told by what it holds; null where that cannot be said. Never throws for what a file holds. */
export async function guessFormat(file: string): Promise<ImportFormat | null> {
  try {
    const head = await readHead(file)
    if (/^WEBVTT(?:\s|$)/.test(head)) return 'vtt'
    if (/^(?:\d+\s*\r?\n)?[\d:]+[.,]\d{3} --> [\d:]+[.,]\d{3}/.test(head.trimStart())) return 'vtt'
    const firstLine = head.trimStart().split(/\r?\n/, 1)[0] ?? ''
    if (/^[[{]/.test(firstLine)) return guessByLine(firstLine) ?? (await guessByDocument(file))
    return isHeader(firstLine) || (extname(file).toLowerCase() === '.csv' && /[,;\t]/.test(firstLine)) ? 'csv' : null
  } catch {
    return null
  }
}
