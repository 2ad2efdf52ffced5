import { open } from 'node:fs/promises'

/** A file with more top-level boxes than this is not walked to its end. */
const maxBoxes = 100_000

/**
 * Returns whether an MP4 or QuickTime file ends inside one of its boxes (ISO/IEC 14496-12, 4.2): it was cut off, and what is missing shows
 * only where the frames at its end are asked for.
 */
export async function isCutShort(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const head = Buffer.alloc(16)
    let at = 0
    for (let boxes = 0; at + 8 <= size && boxes < maxBoxes; boxes++) {
      const { bytesRead } = await handle.read(head, 0, 16, at)
      let length = head.readUInt32BE(0)
      if (length === 0) return false // it reaches to the end of the file
      if (length === 1) {
        if (bytesRead < 16) return true
        length = Number(head.readBigUInt64BE(8))
      }
      if (length < 8) return false // no box: bytes behind the last one
      at += length
    }
    return at > size
  } finally {
    await handle.close()
  }
}
