import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Input, InputVideoTrack, VideoSample } from 'mediabunny'
import type { Sharp } from 'sharp'
import { messageOf, Problem, toProblem } from '../../shared/problem'
import { badMedia } from './decode'
import { loadSharp } from './loadSharp'
import { decoderOptions, loadVideoTools } from './webCodecs'

/** Most milliseconds between two signs of life of a decoder; one that damaged data has brought to a halt never speaks again. */
const patienceMs = 60_000

const codecNames: Readonly<Record<string, string>> = { avc: 'H.264', hevc: 'HEVC', vp8: 'VP8', vp9: 'VP9', av1: 'AV1', prores: 'ProRes' }

/** Gives what `work` promises, or throws once `patienceMs` have passed. Keeps the process awake, which a decoder at work does not. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the decoder does not answer')), patienceMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A container opened for reading. Its parts read the file as they are asked. */
async function openContainer(file: string): Promise<Input> {
  const { ALL_FORMATS, FilePathSource, Input: Container } = await loadVideoTools()
  return new Container({ formats: ALL_FORMATS, source: new FilePathSource(file) })
}

/** The codec of a track as people name it, such as `HEVC` or, where the container knows more than we do, its own word for it. */
async function codecName(track: InputVideoTrack): Promise<string> {
  if (track.codec) return codecNames[track.codec] ?? track.codec.toUpperCase()
  const id = await track.getInternalCodecId()
  return typeof id === 'string' && id.trim() !== '' ? id.trim() : 'of an unknown codec'
}

export interface OpenVideo {
  readonly codec: string
  /** pixels as displayed: upright, with square pixels */
  readonly width: number
  readonly height: number
  /** seconds from the start of the video to the end of its last frame */
  readonly duration: number
  /** seconds at which the first frame is shown */
  readonly start: number
  /** seconds at which each frame is shown, rising; read from the container, nothing is decoded */
  frameTimes(): Promise<number[]>
  /** one frame for each time (seconds, rising): the one that is shown then */
  frames(times: readonly number[], signal?: AbortSignal): AsyncGenerator<Sharp>
}

/** What was found in a video, whether it can be decoded or not. */
export interface VideoFacts {
  readonly width: number | null
  readonly height: number | null
  readonly durationMs: number | null
  /** why it cannot be decoded, with the codec's name */
  readonly problem: string | null
}

/** The pixels of a frame for sharp, upright and with square pixels. Closes the sample. */
async function toPicture(sample: VideoSample): Promise<Sharp> {
  try {
    const { width, height } = sample.visibleRect
    const pixels = new Uint8Array(sample.allocationSize({ format: 'RGBX' }))
    await inTime(sample.copyTo(pixels, { format: 'RGBX' }))
    const sharp = await loadSharp()
    const picture = sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha()
    const square = { width: sample.squarePixelWidth, height: sample.squarePixelHeight }
    const sized = square.width === width && square.height === height ? picture : picture.resize({ ...square, fit: 'fill' })
    // A picture that is scaled twice must be finished in between.
    const { data, info } = await sized.rotate(sample.rotation).raw().toBuffer({ resolveWithObject: true })
    return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
  } finally {
    sample.close()
  }
}

async function* readFrames(track: InputVideoTrack, start: number, times: readonly number[], signal?: AbortSignal): AsyncGenerator<Sharp> {
  const { VideoSampleSink } = await loadVideoTools()
  const samples = new VideoSampleSink(track, decoderOptions).samplesAtTimestamps(times.map((time) => Math.max(time, start)))
  try {
    for (const time of times) {
      signal?.throwIfAborted()
      const { value } = await inTime(samples.next())
      if (!value) throw new Error(`there is no frame at ${time.toFixed(3)} s`)
      yield await toPicture(value)
    }
  } finally {
    // What is still being decoded is let go; a decoder that has come to a halt would not say so.
    void samples.return(undefined).catch(() => undefined)
  }
}

async function readFrameTimes(track: InputVideoTrack): Promise<number[]> {
  const { EncodedPacketSink } = await loadVideoTools()
  const times: number[] = []
  for await (const { timestamp } of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true }))
    times.push(timestamp)
  return times.toSorted((a, b) => a - b)
}

async function describe(track: InputVideoTrack): Promise<OpenVideo> {
  const [duration, start, codec] = await inTime(Promise.all([track.computeDuration(), track.getFirstTimestamp(), codecName(track)]))
  return {
    codec,
    width: track.displayWidth,
    height: track.displayHeight,
    duration,
    start,
    frameTimes: () => readFrameTimes(track),
    frames: (times, signal) => readFrames(track, start, times, signal),
  }
}

/**
 * Opens a video and does `work` with it.
 * @param name what people know the file as
 * @throws Problem bad-media with the codec's name where it cannot be decoded, not-found where there is no such file
 */
export async function withVideo<T>(file: string, work: (video: OpenVideo) => Promise<T>, name = basename(file)): Promise<T> {
  await access(file).catch((error: unknown) => {
    throw toProblem(error, name)
  })
  const input = await openContainer(file)
  let codec: string | null = null
  try {
    const track = await inTime(input.getPrimaryVideoTrack())
    if (!track) throw badMedia(name, 'it has no video track')
    codec = await codecName(track)
    if (!(await inTime(track.canDecode()))) throw badMedia(name, `${codec} video cannot be decoded here`)
    return await work(await describe(track))
  } catch (error) {
    if (error instanceof Problem || isSystemError(error) || isAbort(error)) throw error
    throw badMedia(
      name,
      codec ? `the ${codec} video does not decode (${messageOf(error)})` : `the video cannot be read (${messageOf(error)})`,
      error,
    )
  } finally {
    input.dispose()
  }
}

const isSystemError = (error: unknown) => error instanceof Error && 'syscall' in error
const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'

/** What a video is. It never throws for what the file holds: a video that cannot be decoded is kept, with the reason. */
export async function probeVideo(file: string): Promise<VideoFacts> {
  const input = await openContainer(file)
  const unknown: VideoFacts = { width: null, height: null, durationMs: null, problem: null }
  let facts = unknown
  try {
    const track = await inTime(input.getPrimaryVideoTrack())
    if (!track) return { ...unknown, problem: 'The file has no video track.' }
    const codec = await codecName(track)
    facts = { ...unknown, ...sizeOf(track), problem: `${codec} video cannot be decoded here.` }
    const video = await describe(track)
    facts = { ...facts, durationMs: Math.max(0, Math.round(video.duration * 1000)) }
    if (!(await inTime(track.canDecode()))) return facts
    facts = { ...facts, problem: `The ${codec} video does not decode.` }
    for await (const frame of video.frames([video.start])) await frame.stats()
    return { ...facts, problem: null }
  } catch (error) {
    if (isSystemError(error)) throw error
    return { ...facts, problem: facts.problem ?? 'The video cannot be read: its file is damaged or cut off.' }
  } finally {
    input.dispose()
  }
}

function sizeOf(track: InputVideoTrack): Pick<VideoFacts, 'width' | 'height'> {
  const { displayWidth, displayHeight } = track
  return displayWidth > 0 && displayHeight > 0 ? { width: displayWidth, height: displayHeight } : { width: null, height: null }
}
