import type { EncodedVideoChunk, VideoDecoder, VideoFrame } from '@napi-rs/webcodecs'
import { beforeEach, describe, expect, it } from 'vitest'
import { withOwnQueue } from '../../../src/main/media/queuedDecoder'

type Init = ConstructorParameters<typeof VideoDecoder>[0]

/** Stands for the decoder, which does a chunk when the test says so. What it does to real videos is tested in `video.test.ts`. */
class SlowDecoder {
  static last: SlowDecoder
  readonly #listeners: (() => void)[] = []
  readonly taken: EncodedVideoChunk[] = []
  readonly init: Init
  ended = false
  flushed = false
  refuses: string | null = null
  constructor(init: Init) {
    this.init = init
    SlowDecoder.last = this
  }
  addEventListener(_: 'dequeue', listener: () => void) {
    this.#listeners.push(listener)
  }
  get state() {
    return this.ended ? 'closed' : 'configured'
  }
  get decodeQueueSize(): number {
    throw new Error('keeps the thread waiting')
  }
  decode(chunk: EncodedVideoChunk) {
    if (this.refuses !== null) throw new Error(this.refuses)
    this.taken.push(chunk)
  }
  async flush() {
    this.flushed = true
  }
  close() {
    if (this.ended) throw new Error('closed already')
    this.ended = true
  }
  /** Is done with one chunk. */
  doOne() {
    for (const listener of this.#listeners) listener()
  }
}

const chunk = (number: number) => ({ timestamp: number }) as EncodedVideoChunk
const Decoder = withOwnQueue(SlowDecoder as unknown as Parameters<typeof withOwnQueue>[0])

let errors: string[]
let frames: VideoFrame[]
let decoder: VideoDecoder
beforeEach(() => {
  errors = []
  frames = []
  decoder = new Decoder({ output: (frame) => frames.push(frame), error: ({ message }) => errors.push(message) })
})
const native = () => SlowDecoder.last
const give = (count: number) => {
  for (let number = 0; number < count; number++) decoder.decode(chunk(number))
}

describe('a decoder with its own queue', () => {
  it('gives a few chunks at a time, in their order, and knows how many are left', () => {
    give(10)
    expect(native().taken).toHaveLength(3)
    expect(decoder.decodeQueueSize).toBe(10)
    native().doOne()
    expect(native().taken.map(({ timestamp }) => timestamp)).toEqual([0, 1, 2, 3])
    expect(decoder.decodeQueueSize).toBe(9)
  })

  it('flushes when it has given all of them', async () => {
    give(5)
    const flushed = decoder.flush()
    await Promise.resolve()
    expect(native().flushed).toBe(false)
    native().doOne()
    native().doOne()
    await flushed
    expect(native().taken).toHaveLength(5)
    expect(native().flushed).toBe(true)
  })

  it('is closed at once for whoever closes it, and gives back the memory when it is done with what it has', () => {
    give(10)
    decoder.close()
    expect(decoder.state).toBe('closed')
    expect(native().ended).toBe(false)
    for (let count = 0; count < 3; count++) native().doOne()
    expect(native().taken).toHaveLength(3)
    expect(native().ended).toBe(true)
  })

  it('lets go of frames that come after it was closed', () => {
    give(1)
    decoder.close()
    let closed = false
    native().init.output({ close: () => (closed = true) } as unknown as VideoFrame)
    expect(closed).toBe(true)
    expect(frames).toEqual([])
  })

  it('tells a failure once, and lets nobody wait for it', async () => {
    give(10)
    const flushed = decoder.flush()
    native().init.error(new Error('damaged'))
    native().init.error(new Error('damaged again'))
    await flushed
    expect(errors).toEqual(['damaged'])
    expect(decoder.state).toBe('closed')
    expect(() => decoder.decode(chunk(11))).toThrow('closed')
  })

  it('tells what is thrown where nobody could catch it', () => {
    give(4)
    native().refuses = 'no key frame'
    native().doOne()
    expect(errors).toEqual(['no key frame'])
  })
})
