type Body = ReadableStream<Uint8Array> | null

/** Reads a body while it comes, decompressed, and stops once it is longer than allowed; `isWhole` says whether it was. */
export async function readBody(body: Body, maxBytes: number): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  await collect(body, (chunk) => {
    bytes += chunk.byteLength
    if (bytes <= maxBytes) chunks.push(chunk)
    return bytes <= maxBytes
  })
  return { text: decode(chunks), isWhole: bytes <= maxBytes }
}

/** Reads the beginning of a body that only says what went wrong; one that is cut off is as good. */
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

const decode = (chunks: readonly Uint8Array[]) => new TextDecoder().decode(Buffer.concat(chunks))

/** Gives the pieces of a body until `take` has enough of them. */
async function collect(body: Body, take: (chunk: Uint8Array) => boolean): Promise<void> {
  const reader = body?.getReader()
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) if (!take(next.value)) return
  } finally {
    void reader?.cancel().catch(() => undefined)
  }
}
