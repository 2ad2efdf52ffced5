import { ALL_FORMATS, CustomSource, EncodedPacketSink, Input, type InputVideoTrack, type VideoSample, VideoSampleSink } from 'mediabunny'
import { messageOf, Problem } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import { badVideo, videoProblem } from '../videoProblem'
import type { VideoFacts } from '../videoTasks'
import type { VideoFile } from './tasks'

/** Decodes in software: hardware decoders round differently, and frames must have the same bytes every time. */
const decoderOptions = { hardwareAcceleration: 'prefer-software' } as const

/** Display names by the demuxer's codec name, or by the container's name for codecs that the demuxer does not know. */
const codecNames: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  mp4v: 'MPEG-4 Part 2',
  'V_MPEG4/ISO/SP': 'MPEG-4 Part 2',
  'V_MPEG4/ISO/ASP': 'MPEG-4 Part 2',
  'V_MPEG4/ISO/AP': 'MPEG-4 Part 2',
  'V_MPEG4/MS/V3': 'MS-MPEG-4',
  V_MPEG1: 'MPEG-1',
  V_MPEG2: 'MPEG-2',
  V_MJPEG: 'Motion JPEG',
  V_THEORA: 'Theora',
  jpeg: 'Motion JPEG',
  mjpa: 'Motion JPEG',
  s263: 'H.263',
  vvc1: 'VVC',
  vvi1: 'VVC',
}

/** Maximum number of frames of a video; a damaged table may list any number. */
const maxFrames = 5_000_000
/** Number of counted frames after which a step is reported. */
const stepFrames = 5000

/** Opens a container. Its bytes are requested on demand from the process that started this page. */
function openContainer({ id, size }: VideoFile): Input {
  const read = async (start: number, end: number) => {
    const answer = await fetch(`/read?id=${id}&start=${start}&end=${end}`)
    if (!answer.ok) throw new Error('the file cannot be read')
    return new Uint8Array(await answer.arrayBuffer())
  }
  return new Input({ formats: ALL_FORMATS, source: new CustomSource({ getSize: () => size, read, prefetchProfile: 'fileSystem' }) })
}

/** Returns the common name of a track's codec, such as `HEVC`, or the container's own name for it if the codec is unknown. */
async function codecName(track: InputVideoTrack): Promise<string> {
  if (track.codec) return codecNames[track.codec] ?? track.codec.toUpperCase()
  const id = await track.getInternalCodecId()
  const word = typeof id === 'string' ? id.trim() : ''
  return word === '' ? 'unknown' : (codecNames[word] ?? word)
}

export interface FrameTable {
  /** Time in seconds at which each frame is shown, in ascending order. */
  readonly times: readonly number[]
  /** Times in seconds of the key frames, which are decoded without others, in ascending order. */
  readonly keyTimes: readonly number[]
}

export interface OpenVideo {
  readonly codec: string
  /** Displayed size in pixels: upright, with square pixels. */
  readonly width: number
  readonly height: number
  /** Seconds from the start of the video to the end of its last frame. */
  readonly duration: number
  /** Time in seconds at which the first frame is shown. */
  readonly start: number
  /** Lists the frames; reads the container without decoding. */
  frameTable(): Promise<FrameTable>
  /** Yields the frame shown at each time (seconds, ascending); the consumer closes it. */
  frames(times: readonly number[]): AsyncGenerator<VideoSample>
  /** Yields all frames in order from the one that begins at a given time; the consumer closes them. */
  samplesFrom(time: number): AsyncGenerator<VideoSample>
}

async function* readFrames(track: InputVideoTrack, start: number, times: readonly number[]): AsyncGenerator<VideoSample> {
  const samples = new VideoSampleSink(track, decoderOptions).samplesAtTimestamps(times.map((time) => Math.max(time, start)))
  try {
    for (const time of times) {
      const { value } = await samples.next()
      if (!value) throw new Error(`there is no frame at ${time.toFixed(3)} s`)
      yield value
    }
  } finally {
    // Do not wait for the decoder to stop, since one that hangs never would.
    void samples.return(undefined).catch(() => undefined)
  }
}

interface Times extends FrameTable {
  /** Time in seconds at which the last frame ends. */
  readonly end: number
}

/** Returns the times of all frames before the first unreadable one. */
async function readTimes(track: InputVideoTrack, alive: () => void): Promise<Times> {
  const [starts, keys]: [number[], number[]] = [[], []]
  let end = 0
  try {
    for await (const { timestamp, duration, type } of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) {
      starts.push(timestamp)
      if (type === 'key') keys.push(timestamp)
      end = Math.max(end, timestamp + duration)
      if (starts.length % stepFrames === 0) alive()
      if (starts.length > maxFrames) throw new Error(`it tells of more than ${maxFrames.toLocaleString('en')} frames`)
    }
  } catch (error) {
    if (starts.length === 0 || starts.length > maxFrames) throw error
  }
  return { times: starts.toSorted((a, b) => a - b), keyTimes: keys.toSorted((a, b) => a - b), end }
}

/** Returns the time in seconds at which the last frame ends. In a truncated file, that is the last readable frame. */
async function readDuration(track: InputVideoTrack, alive: () => void): Promise<number> {
  const told = await track.computeDuration().catch(() => 0)
  return told > 0 ? told : (await readTimes(track, alive)).end
}

async function describe(track: InputVideoTrack, alive: () => void): Promise<OpenVideo> {
  const [duration, start, codec] = await Promise.all([readDuration(track, alive), track.getFirstTimestamp(), codecName(track)])
  return {
    codec,
    width: track.displayWidth,
    height: track.displayHeight,
    duration,
    start,
    frameTable: () => readTimes(track, alive),
    frames: (times) => readFrames(track, start, times),
    samplesFrom: (time) => new VideoSampleSink(track, decoderOptions).samples(time),
  }
}

/** A video that stays open until it is closed. */
export interface OpenedVideo {
  readonly video: OpenVideo
  /** Returns the Problem that explains why work with the video failed. */
  explain(error: unknown): Problem
  close(): void
}

/**
 * Opens a video. A damaged one may take any amount of time.
 * @param alive called for each step of reading a long file
 * @throws Problem bad-media with the codec's name if it cannot be decoded
 */
export async function openVideo(file: VideoFile, alive: () => void): Promise<OpenedVideo> {
  const { name } = file
  const input = openContainer(file)
  let codec: string | null = null
  const explain = (error: unknown): Problem => {
    if (error instanceof Problem) return error
    const why = codec ? message('video.codecDoesNotDecode', { codec }) : message('video.unreadable')
    return badVideo(name, message('common.withDetail', { text: why, detail: messageOf(error) }), error)
  }
  try {
    const track = await input.getPrimaryVideoTrack()
    if (!track) throw badVideo(name, message('video.noTrack'))
    codec = await codecName(track)
    if (!(await track.canDecode())) throw badVideo(name, message('video.codecNotSupported', { codec }))
    return { video: await describe(track, alive), explain, close: () => input.dispose() }
  } catch (error) {
    input.dispose()
    throw explain(error)
  }
}

/** Opens a video and runs `work` on it. @throws Problem like `openVideo`, and if the work fails */
export async function withVideo<T>(file: VideoFile, work: (video: OpenVideo) => Promise<T>, alive: () => void): Promise<T> {
  const { video, explain, close } = await openVideo(file, alive)
  try {
    return await work(video)
  } catch (error) {
    throw explain(error)
  } finally {
    close()
  }
}

/**
 * Reads the properties of a video. Never throws because of the content: a video that cannot be decoded is kept, with the reason and the
 * remedy.
 */
export async function readVideoFacts(file: VideoFile, alive: () => void): Promise<VideoFacts> {
  const input = openContainer(file)
  const unknown: VideoFacts = { width: null, height: null, durationMs: null, problem: null }
  let facts = unknown
  try {
    const track = await input.getPrimaryVideoTrack()
    if (!track) return { ...unknown, problem: videoProblem.noTrack }
    const codec = await codecName(track)
    facts = { ...unknown, ...sizeOf(track), problem: videoProblem.unknownCodec(codec) }
    const [canDecode, video] = [await track.canDecode(), await describe(track, alive)]
    facts = { ...facts, durationMs: video.duration > 0 ? Math.round(video.duration * 1000) : null }
    if (!canDecode) return facts
    facts = { ...facts, problem: videoProblem.broken(codec) }
    for await (const frame of video.frames([video.start])) frame.close()
    return { ...facts, problem: null }
  } catch {
    return { ...facts, problem: facts.problem ?? videoProblem.unreadable }
  } finally {
    input.dispose()
  }
}

function sizeOf(track: InputVideoTrack): Pick<VideoFacts, 'width' | 'height'> {
  const { displayWidth, displayHeight } = track
  return displayWidth > 0 && displayHeight > 0 ? { width: displayWidth, height: displayHeight } : { width: null, height: null }
}
