import * as codecs from '@napi-rs/webcodecs'
import type { VideoEncodingConfig } from 'mediabunny'
import { loadVideoTools } from '../../src/main/media/webCodecs'
import type { RawFrame } from '../../src/shared/rawFrame'

/** The number of a frame stands at the top of it: a row of blocks, black for 0 and white for 1, and the same row inverted below it. */
export const numberBits = 16

export interface NumberedVideo {
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  readonly frames: number
  /** frames from one that stands alone to the next */
  readonly keyEvery: number
}

const textureStep = 3

/** Something to move behind the number, so that frames cost what those of a camera cost: soft light, edges, and grain. */
function makeTexture(width: number, height: number): Uint8Array {
  const texture = new Uint8Array(width * height)
  let noise = 1
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      noise = (Math.imul(noise, 1_103_515_245) + 12_345) & 0x7fffffff
      const soft = 60 * Math.sin(x / 47) * Math.cos(y / 31)
      const edge = ((x >> 6) + (y >> 6)) % 2 === 0 ? 24 : -24
      texture[y * width + x] = Math.round(120 + soft + edge + ((noise >> 16) % 12))
    }
  return texture
}

function drawNumber(luma: Uint8Array, width: number, number: number): void {
  const block = Math.floor(width / numberBits)
  for (let y = 0; y < 2 * block; y++)
    for (let bit = 0; bit < numberBits; bit++) {
      const one = ((number >> bit) & 1) === (y < block ? 1 : 0)
      luma.fill(one ? 235 : 16, y * width + bit * block, y * width + (bit + 1) * block)
    }
}

/** Writes an H.264 MP4 file in which every frame carries its own number, from 0. */
export async function makeNumberedVideo(file: string, { width, height, framesPerSecond, frames, keyEvery }: NumberedVideo): Promise<void> {
  const tools = await loadVideoTools()
  const parts = 'default' in codecs ? (codecs.default as typeof codecs) : codecs
  Object.defineProperty(globalThis, 'VideoEncoder', { value: parts.VideoEncoder, configurable: true })
  const output = new tools.Output({ format: new tools.Mp4OutputFormat(), target: new tools.FilePathTarget(file) })
  const config: VideoEncodingConfig = {
    codec: 'avc',
    bitrate: 2_500_000,
    keyFrameInterval: keyEvery / framesPerSecond,
    latencyMode: 'quality',
    hardwareAcceleration: 'prefer-software',
  }
  const source = new tools.VideoSampleSource(config)
  output.addVideoTrack(source, { frameRate: framesPerSecond })
  await output.start()
  const texture = makeTexture(width * 2, height)
  const picture = new Uint8Array((width * height * 3) / 2).fill(128, width * height)
  for (let number = 0; number < frames; number++) {
    const shift = (number * textureStep) % width
    for (let y = 0; y < height; y++) picture.set(texture.subarray(y * width * 2 + shift, y * width * 2 + shift + width), y * width)
    drawNumber(picture, width, number)
    const sample = new tools.VideoSample(picture.slice(), {
      format: 'I420',
      codedWidth: width,
      codedHeight: height,
      timestamp: number / framesPerSecond,
      duration: 1 / framesPerSecond,
    })
    await source.add(sample)
    sample.close()
  }
  await output.finalize()
}

/** The number that a frame carries, by its brightness; -1 where that is no number. */
export function readNumber({ width, pixels }: Pick<RawFrame, 'width' | 'pixels'>): number {
  const block = Math.floor(width / numberBits)
  const light = (bit: number, row: number) => (pixels[Math.floor((row + 0.5) * block) * width + Math.floor((bit + 0.5) * block)] ?? 0) > 128
  let number = 0
  for (let bit = 0; bit < numberBits; bit++) {
    if (light(bit, 0) === light(bit, 1)) return -1
    if (light(bit, 0)) number |= 1 << bit
  }
  return number
}
