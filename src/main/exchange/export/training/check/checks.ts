import { open } from 'node:fs/promises'
import path from 'node:path'
import type { MediaKind, Split } from '../../../../../shared/domain'
import { messageOf, Problem, toProblem } from '../../../../../shared/problem'
import { message, type Message } from '../../../../../shared/messages/message'
import { isCleanValue } from '../../../../../shared/text/cleanText'
import { withImage } from '../../../../media/image/decode'
import { probeMedia } from '../../../../media/probe'
import { faultOfKeys, readJsonPieces } from '../../../import/json/readJsonStream'
import { readLines } from '../../../import/text/readLines'
import type { Pause } from '../../exportJob'
import { createFindings, type ValidationResult } from '../../files/findings'
import { createKeyTypes } from './keyTypes'
import { checkCount, checkProvenance } from './sideFileChecks'

export const trainingChecks = {
  /** Encoding, emptiness and JSON syntax. */
  file: 'error',
  /** Keys of a row and the types of their values. */
  row: 'error',
  /** Different value types for the same key in one file. */
  types: 'error',
  /** Roles and their order. */
  turns: 'error',
  text: 'error',
  /** Placeholders in texts and their number. */
  tokens: 'error',
  media: 'error',
  /** Better and worse answers, and labels. */
  preference: 'error',
  boxes: 'error',
  ids: 'error',
  splits: 'error',
  /** Files that describe the data to the training software. */
  settings: 'error',
  /** Upper limits of a service. */
  limits: 'error',
  /** Possible problems in some versions. */
  advice: 'warning',
} as const
export type TrainingCheck = keyof typeof trainingChecks

/** Position of a row, for messages. */
export interface Place {
  readonly file: string
  readonly row: string
  readonly split: Split
}

export type Row = Readonly<Record<string, unknown>>

export interface Checks {
  fail(check: TrainingCheck, place: { readonly file: string; readonly row?: string }, fault: Message): void
  /** Yields the rows of a data file; problems with the file itself are reported. */
  rows(file: string, shape: 'json' | 'jsonl'): AsyncGenerator<Place & { readonly value: Row }>
  /** Checks a media file that a row references. */
  medium(place: Place, kind: MediaKind, given: unknown): Promise<void>
  /** Checks an image that is embedded in a row. */
  image(place: Place, bytes: Uint8Array, key: string): Promise<void>
  /** Reports an id that occurred earlier in the set. */
  id(place: Place, id: unknown): void
  /** Counts a row, checks its texts, and compares the types of its values with those of other rows in the same file. */
  values(place: Place, value: unknown): void
  finish(): Promise<ValidationResult>
}

export const isRecord = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

export const splitOf = (file: string): Split =>
  /(?:^|[_/-])validation(?:[-.]|$)/.test(file) ? 'validation' : /(?:^|[_/-])test(?:[-.]|$)/.test(file) ? 'test' : 'train'

/** Returns why a path does not work on another machine or leaves the folder, or null if it is well-formed. */
export function findPathFault(given: string): Message | null {
  if (given.includes('\\')) return message('training.check.pathBackslash', { path: given })
  if (/^[a-z][a-z0-9+.-]*:/i.test(given)) return message('training.check.pathAddress', { path: given.slice(0, 80) })
  if (given.startsWith('/')) return message('training.check.pathAbsolute', { path: given })
  return given.split('/').includes('..') ? message('training.check.pathUp', { path: given }) : null
}

/**
 * Collects the problems in the files of an export. Each media file is checked only once.
 * @param mixedKeys keys of rows that may have several types
 */
export function createChecks(directory: string, pause: Pause, mixedKeys: readonly string[] = []): Checks {
  const findings = createFindings(trainingChecks)
  const media = new Map<string, Promise<Message | null>>()
  const splits = new Map<string, Split>()
  const ids = new Set<string>()
  const types = new Map<string, ReturnType<typeof createKeyTypes>>()
  let read = 0
  let counted = 0
  let isUnread = false

  const fail: Checks['fail'] = (check, { file, row }, fault) => {
    isUnread ||= check === 'file' || check === 'row'
    findings.report(check, file, row ?? null, fault)
  }

  const sameSplit = (place: Place, key: string, name: string) => {
    const before = splits.get(key)
    if (before === undefined) splits.set(key, place.split)
    else if (before !== place.split)
      fail('splits', place, message('training.check.mediumInTwoSplits', { name, first: before, second: place.split }))
  }

  const checkValues = (place: Place, value: unknown) => {
    counted += 1
    if (!isCleanValue(value)) fail('text', place, message('exportSet.brokenText'))
    const known = types.get(place.file) ?? createKeyTypes(mixedKeys)
    types.set(place.file, known)
    const fault = known.find(value)
    if (fault) fail('types', place, fault)
  }

  async function* valuesOf(
    file: string,
    shape: 'json' | 'jsonl',
  ): AsyncGenerator<{ row: string; value: unknown; fault: Message | undefined }> {
    const whole = path.join(directory, file)
    if (shape === 'json') {
      for await (const piece of readJsonPieces(whole))
        for (const { key, index, value, fault } of piece) {
          if (key !== null) return void fail('file', { file }, message('training.check.notAList'))
          yield { row: `row ${(index ?? 0) + 1}`, value, fault }
        }
      return
    }
    for await (const { line, text, fault } of readLines(whole)) {
      const row = `line ${line}`
      if (text === null) yield { row, value: undefined, fault: fault ?? undefined }
      else if (text.trim() === '') yield { row, value: undefined, fault: message('training.check.blankLine') }
      else {
        try {
          const value: unknown = JSON.parse(text)
          yield { row, value, fault: faultOfKeys(text, value) }
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error
          yield { row, value: undefined, fault: message('exportSet.jsonl.lineNotJson', { reason: messageOf(error) }) }
          if (line === 1 && text.trim().startsWith('[')) return
        }
      }
    }
  }

  return {
    fail,
    values: checkValues,
    async *rows(file, shape) {
      let rows = 0
      const split = splitOf(file)
      try {
        if (await startsWithMark(path.join(directory, file))) fail('file', { file }, message('training.check.byteOrderMark'))
        for await (const { row, value, fault } of valuesOf(file, shape)) {
          rows += 1
          read += 1
          const turn = pause(read, read)
          if (turn) await turn
          const place: Place = { file, row, split }
          if (fault) fail('file', place, message('common.sentence', { text: fault }))
          if (value === undefined) continue
          if (!isRecord(value)) {
            fail('row', place, message('training.check.rowNotObject'))
            continue
          }
          findings.passed(1)
          checkValues(place, value)
          yield { ...place, value }
        }
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        fail('file', { file }, message('exportSet.jsonl.fileUnusable', { reason: error.text }))
        return
      }
      if (rows === 0) fail('file', { file }, message('training.check.noRows'))
    },
    async medium(place, kind, given) {
      if (typeof given !== 'string' || given === '') return fail('media', place, message('training.check.pathNotText'))
      const fault = findPathFault(given)
      if (fault) return fail('media', place, fault)
      sameSplit(place, given, given)
      let found = media.get(given)
      if (!found) media.set(given, (found = findMediumFault(path.join(directory, given), kind)))
      const reason = await found
      if (reason) fail('media', place, message('common.labelled', { label: given, text: reason }))
      findings.passed(1)
    },
    async image(place, bytes, key) {
      sameSplit(place, key, place.row)
      let found = media.get(key)
      if (!found) media.set(key, (found = findBytesFault(bytes)))
      const reason = await found
      if (reason) fail('media', place, reason)
      findings.passed(1)
    },
    id(place, id) {
      if (typeof id !== 'string' && typeof id !== 'number') return fail('ids', place, message('training.check.idMissing'))
      if (ids.has(String(id))) fail('ids', place, message('training.check.idTwice', { id }))
      ids.add(String(id))
    },
    async finish() {
      // If rows could not be read, the count is too low; the unreadable rows were already reported.
      if (!isUnread) await checkCount(directory, counted, fail)
      await checkProvenance(directory, fail)
      return findings.read()
    },
  }
}

async function startsWithMark(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => null)
  if (!handle) return false
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0)
    return bytesRead === 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf
  } finally {
    await handle.close()
  }
}

async function findMediumFault(file: string, kind: MediaKind): Promise<Message | null> {
  try {
    const found = await probeMedia(file)
    if (found.kind !== kind) return message('training.check.otherKind', { kind: found.kind, expected: kind })
    if (found.problem !== null) return message('common.sentence', { text: found.problem })
    return kind === 'image' ? await withImage(file, async (image) => orientationFault((await image.metadata()).orientation)) : null
  } catch (error) {
    const { code, reason, text } = toProblem(error)
    return code === 'not-found' ? message('training.check.fileMissing') : message('training.check.undecodable', { reason: reason ?? text })
  }
}

const orientationFault = (orientation: number | undefined): Message | null =>
  (orientation ?? 1) > 1 ? message('training.check.notUpright', { orientation: orientation ?? 1 }) : null

async function findBytesFault(bytes: Uint8Array): Promise<Message | null> {
  try {
    const { default: sharp } = await import('sharp')
    const image = sharp(bytes, { failOn: 'error' })
    const { orientation } = await image.metadata()
    await image.stats()
    return orientationFault(orientation)
  } catch (error) {
    return message('training.check.undecodable', { reason: messageOf(error).split('\n')[0] ?? '' })
  }
}
