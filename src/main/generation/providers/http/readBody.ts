type Body = ReadableStream<Uint8Array> | null

interface ReadText {
  readonly text: string
  /** False if the body is longer than allowed. */
  readonly isWhole: boolean
  /** False if the encoding is unknown, so that characters are replaced by \uFFFD. */
  readonly isDecoded: boolean
}

/**
 * Reads and decompresses a body as it arrives, and stops if it is longer than allowed.
 * @param encoding charset from the server; UTF-8, the encoding of JSON, is tried first, since servers often name a wrong charset
 */
export async function readBody(body: Body, maxBytes: number, encoding?: string): Promise<ReadText> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  let leave: (() => void) | undefined
  try {
    await collect(body, async (chunk) => {
      bytes += chunk.byteLength
      if (bytes <= maxBytes) chunks.push(chunk)
      if (bytes > longBytes) leave ??= await enterLong()
      return bytes <= maxBytes
    })
    if (bytes > maxBytes) return { text: decode(chunks.slice(0, 1)), isWhole: false, isDecoded: true }
    const text = decodeWhole(chunks, 'utf-8') ?? (encoding === undefined ? null : decodeWhole(chunks, encoding))
    return { text: text ?? decode(chunks), isWhole: true, isDecoded: text !== null }
  } finally {
    leave?.()
  }
}

/** Long bodies are read two at a time, regardless of the number of calls, since together they would exhaust the memory. */
const longBytes = 1_048_576
const places = 2
const waiting: (() => void)[] = []
let taken = 0

async function enterLong(): Promise<() => void> {
  if (taken >= places) await new Promise<void>((resolve) => waiting.push(resolve))
  else taken++
  return () => {
    const next = waiting.shift()
    if (next) next()
    else taken--
  }
}

/** Reads the beginning of a body that only describes an error; a truncated one is sufficient. */
export async function readBeginning(body: Body, maxBytes = 65_536): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  const take = (chunk: Uint8Array) => {
    chunks.push(chunk)
    bytes += chunk.byteLength
    return bytes < maxBytes
  }
  await collect(body, take).catch(() => undefined)
  return decode(chunks)
}

/** Decodes the chunks; null if the text is not valid in this encoding, or the encoding is unknown. */
function decodeWhole(chunks: readonly Uint8Array[], encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    return null
  }
}

const decode = (chunks: readonly Uint8Array[]) => new TextDecoder().decode(Buffer.concat(chunks))

/** Passes the chunks of a body to `take` until it returns false. */
async function collect(body: Body, take: (chunk: Uint8Array) => boolean | Promise<boolean>): Promise<void> {
  const reader = body?.getReader()
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) if (!(await take(next.value))) return
  } finally {
    void reader?.cancel().catch(() => undefined)
  }
}
