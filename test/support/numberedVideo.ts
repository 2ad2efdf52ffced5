import { BufferTarget, Mp4OutputFormat, Output, VideoSample, VideoSampleSource } from 'mediabunny'
import { numberBits } from './readNumber'

// Runs in a page of Electron, whose encoder it uses.

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

/** Returns an H.264 MP4 file in which every frame carries its own number, from 0. */
async function encode({ width, height, framesPerSecond, frames, keyEvery }: NumberedVideo): Promise<Uint8Array> {
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat(), target })
  const source = new VideoSampleSource({
    codec: 'avc',
    bitrate: 2_500_000,
    keyFrameInterval: keyEvery / framesPerSecond,
    latencyMode: 'quality',
    hardwareAcceleration: 'prefer-software',
  })
  output.addVideoTrack(source, { frameRate: framesPerSecond })
  await output.start()
  const texture = makeTexture(width * 2, height)
  const image = new Uint8Array((width * height * 3) / 2).fill(128, width * height)
  for (let number = 0; number < frames; number++) {
    const shift = (number * textureStep) % width
    for (let y = 0; y < height; y++) image.set(texture.subarray(y * width * 2 + shift, y * width * 2 + shift + width), y * width)
    drawNumber(image, width, number)
    const sample = new VideoSample(image.slice(), {
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
  return new Uint8Array(target.buffer ?? new ArrayBuffer())
}

let file = new Uint8Array()

/** Makes the file and keeps it; returns its size in bytes. */
async function makeVideo(video: NumberedVideo): Promise<number> {
  file = Uint8Array.from(await encode(video))
  return file.length
}

/** Returns a part of the file in base64: what is evaluated in a page comes back as text. */
function readVideo(start: number, end: number): string {
  let text = ''
  for (const byte of file.subarray(start, end)) text += String.fromCharCode(byte)
  return btoa(text)
}

Object.assign(globalThis, { makeVideo, readVideo })
