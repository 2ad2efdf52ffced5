import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { ImportRequest } from '../../../shared/contract'
import { type ImportEntry, problemEntry, requireImportFile, schemaFault } from './entry'
import { isMediaName } from './mediaNames'
import { readJsonEntries } from './readJsonStream'
import { readLines } from './readLines'
import { trimAll } from './trim'

const sceneSchema = z.looseObject({
  description: z.array(
    z.tuple([z.union([z.string(), z.number()]), z.string()], { error: 'expected [object id, description]' }).rest(z.unknown()),
  ),
})

async function readActivities(file: string): Promise<string[]> {
  const lines: string[] = []
  for await (const { text } of readLines(file)) lines.push(text ?? '')
  return trimAll(lines)
}

const inOrder = new Intl.Collator('en', { numeric: true })

/** The images of the folder `<scene>` in the order of their numbers; the scene itself, a file's name, where there is no such folder. */
async function framesOf(mediaDirectory: string, scene: string): Promise<string[]> {
  if (/[\\/]/.test(scene) || scene === '..' || scene === '.') return [scene]
  const names = await readdir(join(mediaDirectory, scene)).catch(() => [])
  const frames = names.filter((name) => isMediaName(name) && !name.startsWith('.')).toSorted(inOrder.compare)
  return frames.length > 0 ? frames.map((name) => `${scene}/${name}`) : [scene]
}

/**
 * Scene descriptions in the manner of ScanRefer: `{scene: {description: [[object id, text], …]}}`. A scene is an item; the texts are
 * its objects, the lines of the activities file its activities. Its frames are named by the files map, or lie in a folder `<scene>`.
 */
export async function* readScanrefer(request: ImportRequest): AsyncGenerator<ImportEntry, void, undefined> {
  const file = requireImportFile(request)
  const name = basename(file)
  const activities = request.activities === undefined ? [] : await readActivities(request.activities)
  for await (const { key: scene, line, value } of readJsonEntries(file)) {
    const parsed = sceneSchema.safeParse(value)
    if (scene === null || !parsed.success) {
      yield problemEntry(name, line, scene, parsed.success ? 'a list element has no scene id' : schemaFault(parsed.error, ''))
      continue
    }
    const objects = trimAll(parsed.data.description.map(([, text]) => text))
    const context = { ...(objects.length > 0 ? { objects } : {}), ...(activities.length > 0 ? { activities } : {}) }
    yield { kind: 'row', file: name, line, id: scene, mediaNames: await framesOf(request.mediaDirectory, scene), context }
  }
}
