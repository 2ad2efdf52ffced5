import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ImportRequest, InspectedSource, Inspection } from '../../../shared/contract'
import type { ImportFormat, RecipeId } from '../../../shared/domain'
import { message } from '../../../shared/messages/message'
import { guessFile, isOtherTool, type OtherTool, otherTools } from './guessFormat'
import { readJsonEntries } from './json/readJsonStream'
import { isKeyed } from './row/shapes'
import { isMediaName, isVideoName } from './row/mediaNamed'

/** Default recipe of each format. Formats that are not listed get 'dc' if most media are videos, otherwise 'la'. */
const recipes: Readonly<Partial<Record<ImportFormat, RecipeId>>> = {
  'spot-the-diff': 'sd',
  vist: 'vst',
  activitynet: 'dc',
  vtt: 'dc',
  tvc: 'tvc',
  scanrefer: 'sn',
  ego4d: 'e4d',
  jsonl: 'custom',
  'mimic-it': 'custom',
}
/** Formats with one file per image: a folder of them is imported as a whole. */
const folderFormats: readonly ImportFormat[] = ['labelme', 'voc', 'yolo', 'label-studio', 'mimic-it']
/** File extensions of possible annotation files. */
const annotationEnding = /\.(?:json|jsonl|ndjson|csv|tsv|xml|txt|vtt|srt|ass|ssa|sbv)$/i
const maxFiles = 400

async function listNames(folder: string, kind: 'files' | 'folders'): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.name.startsWith('.') && (kind === 'files' ? entry.isFile() : entry.isDirectory()))
    .map(({ name }) => path.join(folder, name))
    .toSorted()
}

const mediaIn = async (folder: string) => (await listNames(folder, 'files')).filter(isMediaName)

/**
 * Returns the most likely media folder of a file: its own folder, a subfolder, its parent, or a folder next to it or next to its parent.
 */
async function findMediaFolder(folder: string): Promise<string> {
  const [above, further] = [path.dirname(folder), path.dirname(path.dirname(folder))]
  const around = [
    folder,
    ...(await listNames(folder, 'folders')),
    above,
    ...(await listNames(above, 'folders')),
    ...(await listNames(further, 'folders')),
  ]
  for (const candidate of new Set(around)) if ((await mediaIn(candidate)).length > 0) return candidate
  return folder
}

/** Checks whether COCO annotations are captions; otherwise they are boxes. */
async function holdsCaptions(file: string): Promise<boolean> {
  for await (const { key, index, value } of readJsonEntries(file, () => true))
    if (key === 'annotations' && index !== null) return isKeyed(value) && 'caption' in value
  return false
}

interface Guessed {
  readonly file: string
  readonly format: ImportFormat
}

/** Creates one source per annotation file. COCO captions and boxes are combined, and so are formats with one file per image. */
async function toSources(guessed: readonly Guessed[]): Promise<ImportRequest[]> {
  const requests: ImportRequest[] = []
  for (const [folder, files] of Map.groupBy(guessed, ({ file }) => path.dirname(file))) {
    const mediaDirectory = await findMediaFolder(folder)
    for (const [format, same] of Map.groupBy(files, (one) => one.format)) {
      if (format === 'coco') {
        const kinds = await Promise.all(same.map(async ({ file }) => ({ file, captions: await holdsCaptions(file) })))
        const captions = kinds.filter((kind) => kind.captions)
        const boxes = kinds.filter((kind) => !kind.captions)
        for (let at = 0; at < Math.max(captions.length, boxes.length); at++)
          requests.push({
            format,
            mediaDirectory,
            ...(captions[at] && { captions: captions[at].file }),
            ...(boxes[at] && { instances: boxes[at].file }),
          })
      } else if (folderFormats.includes(format) && same.length > 1) requests.push({ format, mediaDirectory, file: folder })
      else for (const { file } of same) requests.push({ format, mediaDirectory, file })
    }
  }
  return requests
}

/** Describes what an import would read, with its recipe and the number of media in its folder. */
async function describe(request: ImportRequest): Promise<InspectedSource> {
  const media = await mediaIn(request.mediaDirectory)
  const isVideo = media.filter(isVideoName).length > media.length / 2
  const { file, captions, instances } = request
  const files = [file, captions, instances].flatMap((one) => one ?? [])
  return {
    request,
    files: files.length > 0 ? files : [request.mediaDirectory],
    media: media.length,
    recipe: recipes[request.format] ?? (isVideo ? 'dc' : 'la'),
  }
}

type Refused = Inspection['unsupported'][number]

function refuse(file: string, tool: OtherTool | null): Refused {
  const name = path.basename(file)
  return tool === null
    ? { path: file, reason: message('import.droppedUnknown', { file: name }), remedy: message('import.droppedUnknownRemedy') }
    : {
        path: file,
        reason: message('import.droppedOtherTool', { file: name, found: otherTools[tool].name }),
        remedy: otherTools[tool].remedy,
      }
}

async function guessAll(files: readonly string[], given: boolean, into: { guessed: Guessed[]; refused: Refused[] }) {
  for (const file of files.slice(0, maxFiles)) {
    const guess = await guessFile(file)
    if (guess !== null && !isOtherTool(guess)) into.guessed.push({ file, format: guess })
    else if (guess !== null || given) into.refused.push(refuse(file, guess))
  }
}

/**
 * Inspects dropped files and folders without changing anything. Returns format, files and recipe of each possible import, and the files
 * that no format supports.
 */
export async function inspectSources(paths: readonly string[]): Promise<Inspection> {
  const into = { guessed: [] as Guessed[], refused: [] as Refused[] }
  const requests: ImportRequest[] = []
  const media: string[] = []
  for (const given of paths) {
    const found = await stat(given).catch(() => null)
    if (found?.isDirectory()) {
      const before = into.guessed.length
      const below = [given, ...(await listNames(given, 'folders'))]
      const folders = [...below, ...(await Promise.all(below.slice(1).map((folder) => listNames(folder, 'folders')))).flat()].slice(0, 60)
      for (const folder of folders) {
        const files = (await listNames(folder, 'files')).filter((file) => annotationEnding.test(file))
        // A text file with the same name as an image is its caption in a folder of media.
        const names = new Set((await mediaIn(folder)).map((file) => path.parse(file).name))
        await guessAll(
          files.filter((file) => !/\.txt$/i.test(file) || !names.has(path.parse(file).name)),
          false,
          into,
        )
      }
      if (into.guessed.length > before) continue
      const withMedia = await Promise.all(folders.map(async (folder) => ({ folder, count: (await mediaIn(folder)).length })))
      const best = withMedia.find(({ count }) => count > 0)
      if (best) requests.push({ format: 'folder', mediaDirectory: given })
      else
        into.refused.push({
          path: given,
          reason: message('import.droppedEmpty', { folder: path.basename(given) }),
          remedy: message('import.droppedEmptyRemedy'),
        })
    } else if (found && isMediaName(given)) media.push(given)
    else await guessAll([given], true, into)
  }
  const sources = [...(await toSources(into.guessed)), ...requests]
  // Media dropped together with annotations from the same folder are imported by these.
  const covered = new Set(sources.map(({ mediaDirectory }) => mediaDirectory))
  const alone = media.filter((file) => !covered.has(path.dirname(file)))
  for (const folder of Map.groupBy(alone, (file) => path.dirname(file)).keys()) sources.push({ format: 'folder', mediaDirectory: folder })
  return { sources: await Promise.all(sources.map(describe)), unsupported: into.refused }
}
