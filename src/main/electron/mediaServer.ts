import fs from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { type FrameRule, frameRuleSchema } from '../../shared/domain'
import { mediaPath } from '../media/mediaPath'
import type { Project } from '../project/project'
import { getMedia } from '../store/library/media'
import type { DerivedImages } from './derivedImages'

interface MediaSource {
  currentProject(): Project | undefined
  readonly images: DerivedImages
  /** the thumbnail of a listed project's cover, by the hash of its medium */
  coverOf(sha256: string): string | null
}

const headers = (mime: string) => ({
  'content-type': mime,
  'cache-control': 'private, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  'accept-ranges': 'bytes',
})

const refuse = (status: number, text: string) =>
  new Response(text, { status, headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' } })

/** Serves a file. @param bytes expected size of the file: a browser shows a truncated image as if it were complete */
async function serve(file: string, mime: string, range: string | null, bytes?: number): Promise<Response> {
  const { size } = await fs.promises.stat(file)
  if (bytes !== undefined && size !== bytes) throw new Error(`it has ${size} bytes, and had ${bytes} when it was imported`)
  const part = range === null ? null : parseRange(range, size)
  if (part === 'unsatisfiable') return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } })
  const stream = fs.createReadStream(file, part ? { start: part.start, end: part.end } : {})
  const length = part ? part.end - part.start + 1 : size
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    status: part ? 206 : 200,
    headers: {
      ...headers(mime),
      'content-length': String(length),
      ...(part ? { 'content-range': `bytes ${part.start}-${part.end}/${size}` } : {}),
    },
  })
}

/** Parses `&at=MILLISECONDS`: the frame of a video that a thumbnail shows. */
const askedTime = (query: URLSearchParams): number => Number(/^\d{1,9}$/.exec(query.get('at') ?? '')?.[0] ?? 0)

/** Parses `?every=SECONDS&frame=INDEX` or `?count=N&frame=INDEX`: a frame of a video. Null: the URL requests no frame. */
function askedFrame(query: URLSearchParams): { rule: FrameRule; index: number } | null {
  const index = query.get('frame')
  if (index === null || !/^\d{1,6}$/.test(index)) return null
  const every = query.get('every')
  const rule = frameRuleSchema.safeParse(
    every === null ? { kind: 'even', count: Number(query.get('count')) } : { kind: 'every', seconds: Number(every) },
  )
  return rule.success ? { rule: rule.data, index: Number(index) } : null
}

/** Serves `media://cover/<sha256>`: the cover of a project in the list, from the stored thumbnails, without opening the project. */
async function serveCover({ coverOf }: MediaSource, { pathname }: URL): Promise<Response> {
  const sha256 = /^\/([0-9a-f]{64})$/.exec(pathname)?.[1]
  const file = sha256 === undefined ? null : coverOf(sha256)
  return file === null ? refuse(404, 'not found') : serve(file, 'image/webp', null).catch(() => refuse(404, 'not found'))
}

export type ServeMedia = (request: Request) => Promise<Response>

/** Serves `media://<project>/<id>`: only ids, and only of the open project; the page never passes a path. */
export function createMediaServer(source: MediaSource): ServeMedia {
  return async (request) => {
    const url = new URL(request.url)
    if (url.host === 'cover') return serveCover(source, url)
    const project = source.currentProject()
    const id = /^\/(\d{1,15})$/.exec(url.pathname)?.[1]
    if (!project || url.host !== project.info.uuid || id === undefined) return refuse(404, 'not found')
    const media = getMedia(project.db, Number(id))
    if (!media) return refuse(404, 'not found')
    try {
      const file = mediaPath(project.directory, media.storedName)
      if (url.searchParams.get('size') === 'thumb')
        return await serve(await source.images.thumbnail(file, media, askedTime(url.searchParams)), 'image/webp', null)
      const frame = media.kind === 'video' ? askedFrame(url.searchParams) : null
      if (frame) {
        const image = await source.images.frame(project.directory, media, frame.rule, frame.index)
        return image === undefined ? refuse(404, 'no such frame') : await serve(image, 'image/jpeg', null)
      }
      const shown = await source.images.shown(file, media)
      return await serve(shown.file, shown.mime, request.headers.get('range'), shown.file === file ? media.bytes : undefined)
    } catch (error) {
      return refuse(404, `${path.basename(media.fileName)}: ${error instanceof Error ? error.message : 'cannot be read'}`)
    }
  }
}

/** Parses a single range of an HTTP Range header (RFC 9110, section 14). @returns the inclusive byte range; null = send the whole file */
function parseRange(header: string, size: number): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  if (!match || (match[1] === '' && match[2] === '')) return null
  const [, first = '', last = ''] = match
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start > end || start >= size ? 'unsatisfiable' : { start, end }
}
