import type * as mediabunny from 'mediabunny'
import { withOwnQueue } from './queuedDecoder'

type VideoTools = typeof mediabunny

/** Video is decoded on the processor: hardware decoders round differently, and frames must be the same bytes every time. */
export const decoderOptions = { hardwareAcceleration: 'prefer-software' } as const

const names = ['EncodedVideoChunk', 'VideoFrame', 'VideoColorSpace'] as const

let loaded: Promise<VideoTools> | undefined

/**
 * The demuxer, with the decoder of docs/adr/0005 where it looks for one: in the globals that a browser has and Node has not. Loaded
 * with the first video, never together with the module that asks.
 */
export function loadVideoTools(): Promise<VideoTools> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<VideoTools> {
  if (!('VideoDecoder' in globalThis)) {
    const module = await import('@napi-rs/webcodecs')
    // A CommonJS module: bundlers and Node name its parts differently.
    const parts = 'default' in module ? (module.default as typeof module) : module
    const globals = { ...Object.fromEntries(names.map((name) => [name, parts[name]])), VideoDecoder: withOwnQueue(parts.VideoDecoder) }
    for (const [name, value] of Object.entries(globals))
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  const tools = await import('mediabunny')
  // What it has to say becomes a Problem or a medium's `problem`; standard error is the command line's own.
  tools.Logging.level = tools.LogLevel.Silent
  return tools
}
