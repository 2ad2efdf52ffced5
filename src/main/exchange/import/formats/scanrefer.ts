import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../../shared/contract'
import { message } from '../../../../shared/messages/message'
import { sn } from '../../../recipes/sn'
import { type Gathering, openScratch } from '../../../store/sql/scratch'
import { atRecord, faultCode, type ImportEntry, noteEntry, problemEntry, requireImportFile, schemaFault } from '../row/entry'
import { type FilesMap, readFilesMap } from '../filesMap'
import { keysOf, LeftOut } from '../row/leftOut'
import { isMediaName } from '../row/mediaNamed'
import { readJsonEntries } from '../json/readJsonStream'
import { badFile, readLines } from '../text/readLines'
import { trimAll } from '../text/fileFault'

const sceneSchema = z.looseObject({
  description: z.array(
    z
      .tuple([z.union([z.string(), z.number()]), z.string()], { error: faultCode('import.scanrefer.expectedDescription') })
      .rest(z.unknown()),
  ),
})

/** A record of ScanRefer_filtered_train.json: one annotator's description of an object. */
const publishedSchema = z.looseObject({ scene_id: z.string().min(1), description: z.string() })

const sceneKeys = keysOf('description')
const recordKeys = keysOf('scene_id object_id object_name ann_id description token')

interface Scene {
  readonly id: string
  readonly line: number
  readonly objects: readonly string[]
}

/**
 * Reads activities, one per line, and reports lines that cannot be read.
 * @throws Problem 'bad-file' if the file is JSON
 */
async function readActivities(file: string): Promise<{ activities: string[]; problems: ImportEntry[] }> {
  const lines: string[] = []
  const problems: ImportEntry[] = []
  for await (const { line, text, fault } of readLines(file)) {
    if (text === null)
      problems.push(
        problemEntry(
          basename(file),
          line,
          null,
          message('import.scanrefer.leftOut', { reason: fault ?? message('import.lineUnreadable') }),
        ),
      )
    else if (text.trim() !== '') {
      if (lines.length === 0 && /^[[{]\s*(?:$|["[{}\]])/.test(text.trim()))
        throw badFile(file, message('import.scanrefer.looksLikeJson'), message('import.scanrefer.chooseActivityFile'))
      lines.push(text)
    }
  }
  return { activities: trimAll(lines), problems }
}

const noActivities = { activities: [], problems: [] } as const

/** Selects as many frames of a scene as the recipe uses of a video: the middle frame of each of equal parts. */
function takeEvenly(frames: readonly string[]): readonly string[] {
  const count = sn.frames?.kind === 'even' ? sn.frames.count : frames.length
  if (frames.length <= count) return frames
  return Array.from({ length: count }, (_, index) => frames[Math.floor(((index + 0.5) * frames.length) / count)] ?? '')
}

const inOrder = new Intl.Collator('en', { numeric: true })

/** Returns the images in the folder `<scene>` in numeric order; if there is no such folder, the scene itself as a file name. */
async function framesOf(mediaDirectory: string, scene: string): Promise<string[]> {
  if (/[\\/]/.test(scene) || scene === '..' || scene === '.') return [scene]
  const names = await readdir(join(mediaDirectory, scene)).catch(() => [])
  const frames = names.filter((name) => isMediaName(name) && !name.startsWith('.')).toSorted(inOrder.compare)
  return frames.length > 0 ? frames.map((name) => `${scene}/${name}`) : [scene]
}

const givenScene = (value: unknown) =>
  typeof value === 'object' && value !== null && 'scene_id' in value && typeof value.scene_id === 'string' ? value.scene_id : null

/**
 * Reads the scenes of either form, and reports what cannot be read. The records of a published file are unordered, so they are gathered.
 */
async function* readScenes(file: string, leftOut: LeftOut): AsyncGenerator<Scene | ImportEntry, void, undefined> {
  const name = basename(file)
  const scratch = openScratch()
  const gathered: Gathering<{ readonly line: number }, string> = scratch.gather()
  try {
    for await (const { key, index, line, value, fault } of readJsonEntries(file)) {
      if (key === null) {
        if (fault) {
          yield problemEntry(name, line, givenScene(value), atRecord(index, fault))
          continue
        }
        const record = publishedSchema.safeParse(value)
        if (record.success) {
          gathered.push(gathered.put(record.data.scene_id, { line }).place, record.data.description)
          leftOut.addKeys(record.data, recordKeys, record.data.scene_id)
        } else yield problemEntry(name, line, givenScene(value), atRecord(index, schemaFault(record.error, '')))
        continue
      }
      const scene = sceneSchema.safeParse(value)
      if (scene.success) {
        leftOut.addKeys(scene.data, sceneKeys, key)
        const texts = scene.data.description.map(([, text]) => text)
        yield { id: key, line, objects: leftOut.trim(key, texts) }
      } else yield problemEntry(name, line, key, schemaFault(scene.error, ''))
    }
    for (const { id, head, parts } of gathered.read()) {
      const objects = leftOut.keepOnce(id, leftOut.trim(id, parts))
      yield { id, line: head.line, objects }
    }
  } finally {
    scratch.close()
  }
}

async function* readRows(
  { mediaDirectory }: ImportRequest,
  file: string,
  activities: readonly string[],
  named: FilesMap | null,
): AsyncGenerator<ImportEntry, void, undefined> {
  const name = basename(file)
  const leftOut = new LeftOut()
  for await (const scene of readScenes(file, leftOut)) {
    if ('kind' in scene) {
      yield scene
      continue
    }
    const { id, line, objects } = scene
    const context = {
      ...(objects.length > 0 ? { objects: [...objects] } : {}),
      ...(activities.length > 0 ? { activities: [...activities] } : {}),
    }
    const frames = await framesOf(mediaDirectory, id)
    const mediaNames = takeEvenly(frames)
    if (mediaNames.length < frames.length && !named?.has(id))
      yield noteEntry(name, line, id, message('import.scanrefer.imagesTaken', { images: frames.length, taken: mediaNames.length }))
    yield { kind: 'row', file: name, line, id, mediaNames, context }
  }
  yield* leftOut.notes(name)
}

/**
 * Reads scene descriptions: `{scene: {description: [[object id, text], …]}}` as in Syphus, or ScanRefer as published
 * (https://github.com/daveredrum/ScanRefer), a list of `{scene_id, object_id, description}`. A scene is an item; its texts are the objects,
 * and the lines of the activities file its activities. The frames are listed in the files map (all are used) or are in a folder `<scene>`
 * (about twenty are used).
 */
export async function* readScanrefer(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const { activities, problems } = request.activities === undefined ? noActivities : await readActivities(request.activities)
  yield* problems
  const named = request.files === undefined ? null : await readFilesMap(request.files)
  try {
    yield* readRows(request, file, activities, named)
  } finally {
    named?.close()
  }
}
