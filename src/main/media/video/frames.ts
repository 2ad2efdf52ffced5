import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Sharp } from 'sharp'
import type { Context, FrameRule, Media } from '../../../shared/domain'
import { Problem, toProblem } from '../../../shared/problem'
import { ownPath } from '../../store/sql/ownPath'
import { frameRuleName, type Span } from './frameTimes'
import { mediaPath } from '../mediaPath'
import { runVideoTask } from './videoProcess'
import type { Image, TimedImage } from './videoTasks'
import { spanStart } from '../../../shared/video'
import { loadSharp } from '../image/loadSharp'

/**
 * Returns the part of a video that an item is about: its clip, or else from its first narration to its last. Empty for the entire video.
 */
export function spanOf(context: Context): Span {
  const { clip, narrations = [] } = context
  if (clip) return clip.end > clip.start ? toSpan(spanStart(context), clip.end) : {}
  const times = narrations.map(({ time }) => time)
  return times.length === 0 ? {} : toSpan(spanStart(context), Math.floor(Math.max(...times)) + 1)
}

const toSpan = (start: number, end: number): Span => ({ startMs: Math.round(start * 1000), endMs: Math.round(end * 1000) })

/** Folder of a project's extracted frames; they can be created again. */
const framesFolder = 'frames'
const manifestName = 'frames.json'

/** Maximum side length of a frame in pixels. */
const frameSize = 1024
const frameQuality = 90

const frameFileSchema = z.object({ file: z.string().regex(/^\d{4,}\.jpg$/), timeMs: z.number(), sha256: z.string() })
const manifestSchema = z.object({
  version: z.literal(1),
  frames: z.array(frameFileSchema).min(1),
})
type Manifest = z.infer<typeof manifestSchema>

interface FrameOptions extends Span {
  readonly signal?: AbortSignal | undefined
  /** Whether to use a temporary folder, removed when the process exits, if the project is not writable. */
  readonly orElsewhere?: boolean
}

interface ExtractedFrames {
  /** Paths of JPEG files, in the order of the video. */
  readonly files: string[]
  /** Requested times, in milliseconds from the start of the video. */
  readonly timesMs: number[]
}

/** Returns the folder for a video's frames of a rule. @throws Problem unreadable-project if the path contains a link */
const frameFolder = (projectDirectory: string, { sha256 }: Pick<Media, 'sha256'>, rule: FrameRule, span: Span = {}) =>
  ownPath(projectDirectory, framesFolder, sha256, frameRuleName(rule, span))

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Reads cached frames; undefined if any file is missing or was changed. */
async function readCache(folder: string): Promise<ExtractedFrames | undefined> {
  try {
    const { frames } = manifestSchema.parse(JSON.parse(await readFile(ownPath(folder, manifestName), 'utf8')))
    for (const { file, sha256 } of frames) if (hashOf(await readFile(ownPath(folder, file))) !== sha256) return undefined
    return { files: frames.map(({ file }) => join(folder, file)), timesMs: frames.map(({ timeMs }) => timeMs) }
  } catch {
    return undefined
  }
}

async function extract(file: string, folder: string, media: Media, rule: FrameRule, { signal, ...span }: FrameOptions): Promise<void> {
  const frames: z.infer<typeof frameFileSchema>[] = []
  const writeFrame = async ({ timeMs, image }: TimedImage) => {
    const small = (await toSharp(image)).resize(frameSize, frameSize, { fit: 'inside', withoutEnlargement: true })
    const jpeg = await small.jpeg({ quality: frameQuality }).toBuffer()
    const name = `${String(frames.length).padStart(4, '0')}.jpg`
    await writeFile(join(folder, name), jpeg)
    frames.push({ file: name, timeMs, sha256: hashOf(jpeg) })
  }
  await runVideoTask('images', { file, name: media.fileName, rule, ...span }, { signal, onPart: writeFrame })
  // Written last: a folder without it is incomplete.
  await writeFile(join(folder, manifestName), JSON.stringify({ version: 1, frames } satisfies Manifest))
}

/**
 * Renames a finished folder to its final name. If another process has created the same folder in the meantime, that one is kept, since it
 * has the same content and may be in use. Only a damaged folder is replaced.
 */
async function putInPlace(temporary: string, folder: string): Promise<ExtractedFrames> {
  for (let attempt = 1; ; attempt++) {
    const failure = await rename(temporary, folder).then(
      () => null,
      (error: unknown) => ({ error }),
    )
    const found = await readCache(folder)
    if (found) return found
    if (attempt === 3) throw failure?.error ?? new Error('what was written cannot be read back')
    const damaged = `${temporary}.damaged`
    await rename(folder, damaged).catch(() => undefined)
    await rm(damaged, { recursive: true, force: true })
  }
}

/**
 * Returns the frames of a video that a rule selects, as JPEG files of at most 1,024 × 1,024 pixels and quality 90, each showing the frame
 * at the requested time. They are cached in `<project>/frames/<sha256>/<rule>/` and created again if any of them is damaged; the same video
 * and rule give the same bytes.
 * @param options restrict frames to a part of the video, and contain a signal that stops the work
 * @throws Problem bad-media with the codec's name if the video cannot be decoded, wrong-use if the part is outside the video
 */
export async function ensureFrames(
  project: { readonly directory: string },
  media: Media,
  rule: FrameRule,
  options: FrameOptions = {},
): Promise<ExtractedFrames> {
  const kept = await readCache(frameFolder(project.directory, media, rule, options))
  if (kept) return kept
  try {
    return await makeFrames(project.directory, project, media, rule, options)
  } catch (error) {
    if (!options.orElsewhere || !(error instanceof Problem) || (error.code !== 'read-only' && error.code !== 'disk-full')) throw error
    return makeFrames(spareFolder(), project, media, rule, options)
  }
}

let spare: string | undefined

/** Returns the folder for frames if the project is not writable; it is removed when the process exits. */
function spareFolder(): string {
  if (spare) return spare
  const folder = mkdtempSync(join(tmpdir(), 'exemplar-frames-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return (spare = folder)
}

async function makeFrames(
  root: string,
  project: { readonly directory: string },
  media: Media,
  rule: FrameRule,
  options: FrameOptions,
): Promise<ExtractedFrames> {
  const folder = frameFolder(root, media, rule, options)
  const kept = await readCache(folder)
  if (kept) return kept
  const temporary = `${folder}.${randomUUID()}.tmp`
  try {
    await mkdir(temporary, { recursive: true })
    await extract(mediaPath(project.directory, media.storedName), temporary, media, rule, options)
    return await putInPlace(temporary, folder)
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw toProblem(error, media.fileName)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** Returns an image for sharp, upright and with square pixels. */
export async function toSharp({ pixels, width, height, squareWidth, squareHeight, rotation }: Image): Promise<Sharp> {
  const sharp = await loadSharp()
  const image = sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha()
  const square = { width: squareWidth, height: squareHeight }
  const sized = squareWidth === width && squareHeight === height ? image : image.resize({ ...square, fit: 'fill' })
  // An image that is resized twice must be rendered in between.
  const { data, info } = await sized.rotate(rotation).raw().toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
}
