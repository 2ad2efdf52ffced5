import type { EncodedVideoChunk, VideoDecoder, VideoFrame } from '@napi-rs/webcodecs'

type Init = ConstructorParameters<typeof VideoDecoder>[0]
type DecoderClass = new (init: Init) => VideoDecoder

/** Chunks that the decoder has at a time: one that it works on, and those that keep it from waiting for this thread. */
const MOST_AT_WORK = 3

/**
 * A decoder that never keeps this thread waiting. The plain one holds a lock while it decodes: whoever asks it for the length of its queue,
 * or closes it, waits for that lock, with 40 chunks of 720p up to 200 ms. This one keeps the queue and its length itself, gives the
 * decoder a few chunks at a time, and closes it when it is done with those.
 */
export function withOwnQueue(Decoder: DecoderClass): DecoderClass {
  return class QueuedDecoder extends Decoder {
    readonly #chunks: EncodedVideoChunk[] = []
    readonly #fail: (error: Error) => void
    #atWork = 0
    /** no chunk is taken any more: it was closed, or has failed */
    #over = false
    #closed = false
    #emptied: (() => void)[] = []

    constructor({ output, error }: Init) {
      const fail = (fault: Error) => {
        const told = this.#over
        this.#end()
        this.#atWork = 0 // what failed is not told of again
        if (!told) error(fault)
      }
      super({ output: (frame: VideoFrame) => (this.#over ? frame.close() : output(frame)), error: fail })
      this.#fail = fail
      this.addEventListener('dequeue', () => {
        this.#atWork = Math.max(0, this.#atWork - 1)
        this.#feed()
      })
    }

    #end(): void {
      this.#over = true
      this.#chunks.length = 0
      for (const tell of this.#emptied.splice(0)) tell()
    }

    #feed(): void {
      try {
        for (let chunk = this.#next(); chunk; chunk = this.#next()) {
          this.#atWork++
          super.decode(chunk)
        }
      } catch (error) {
        // One that has failed is closed before it says why.
        if (super.state !== 'closed') this.#fail(error as Error)
      }
      if (this.#chunks.length === 0) for (const tell of this.#emptied.splice(0)) tell()
      if (this.#over && this.#atWork === 0 && !this.#closed) {
        this.#closed = true
        if (super.state !== 'closed') super.close()
      }
    }

    #next(): EncodedVideoChunk | undefined {
      return this.#atWork < MOST_AT_WORK ? this.#chunks.shift() : undefined
    }

    override get state(): VideoDecoder['state'] {
      return this.#over ? 'closed' : super.state
    }

    override get decodeQueueSize(): number {
      return this.#chunks.length + this.#atWork
    }

    override decode(chunk: EncodedVideoChunk): void {
      if (this.#over) throw new Error('the decoder is closed')
      this.#chunks.push(chunk)
      this.#feed()
    }

    override async flush(): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<undefined>()
      this.#emptied.push(() => resolve(undefined))
      this.#feed()
      await promise
      await super.flush()
    }

    override close(): void {
      this.#end()
      this.#feed()
    }
  }
}
