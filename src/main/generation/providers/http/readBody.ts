import { say } from '../../../../shared/say'
import { CallFailure } from '../../callFailure'

export const megabyte = 1_048_576

/** Reads a body while it comes, decompressed, and gives it up once it is longer than allowed. @throws CallFailure too-large */
export async function readBody(body: ReadableStream<Uint8Array> | null, maxMb: number): Promise<string> {
  const { text, isWhole } = await readUpTo(body, maxMb * megabyte)
  if (!isWhole) throw new CallFailure('too-large', say`The server's answer is longer than ${maxMb} MB and was given up.`)
  return text
}

/** Reads the beginning of a body that only says what went wrong. One that is cut off is as good. */
export async function readBeginning(body: ReadableStream<Uint8Array> | null, maxBytes = 65_536): Promise<string> {
  return (await readUpTo(body, maxBytes, true)).text
}

async function readUpTo(body: ReadableStream<Uint8Array> | null, maxBytes: number, isPartEnough = false) {
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = body?.getReader()
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      bytes += next.value.byteLength
      if (bytes > maxBytes && !isPartEnough) break
      chunks.push(next.value)
      if (bytes > maxBytes) break
    }
  } catch (error) {
    if (!isPartEnough) throw error
  } finally {
    void reader?.cancel().catch(() => undefined)
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks)), isWhole: bytes <= maxBytes }
}
