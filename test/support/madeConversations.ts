import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Conversation, SourceMedia, SourcePair } from '../../src/main/exchange/export/training/records'

/** Images of a few pixels, each of another colour. */
export async function makeMedia(directory: string, count: number): Promise<SourceMedia[]> {
  const media: SourceMedia[] = []
  for (let at = 0; at < count; at++) {
    const file = join(directory, `${at}.png`)
    await writeFile(file, await sharp({ create: { width: 40, height: 30, channels: 3, background: { r: at, g: 90, b: 30 } } }).png().toBuffer()) // prettier-ignore
    const sha256 = createHash('sha256').update(await readFile(file)).digest('hex') // prettier-ignore
    media.push({
      ...{ kind: 'image', fileName: `${at}.png`, storedName: `${sha256}.png`, sha256, width: 40, height: 30, problem: null, span: null },
      path: () => file,
      frames: () => Promise.resolve([]),
    })
  }
  return media
}

let candidates = 0

export const makePair = (instruction: string, response: string, more: Partial<SourcePair> = {}): SourcePair => ({
  ...{
    candidateId: ++candidates,
    state: 'accepted',
    instruction,
    response,
    reasoning: null,
    draft: null,
    reason: null,
    decidedAt: 1,
    isDemo: false,
  },
  provenance: { model: 'made' },
  ...more,
})

export const makeConversation = (
  pairs: readonly SourcePair[],
  media: readonly SourceMedia[],
  more: Partial<Conversation> = {},
): Conversation => ({
  ...{ item: `item ${pairs[0]?.candidateId}`, split: 'train', system: null, media, missing: [], boxes: [], isFirst: true, pairs },
  ...more,
})
