import type { Context, Item, Media } from '../../../src/shared/domain'

export const image = (id: number, fileName: string): Media => ({
  id,
  sha256: id.toString(16).padStart(64, '0'),
  fileName,
  storedName: `${id.toString(16).padStart(64, '0')}.jpg`,
  kind: 'image',
  mime: 'image/jpeg',
  bytes: 1000,
  width: 600,
  height: 400,
  durationMs: null,
  problem: null,
})

export const item = (sourceId: string, context: Context, media: readonly Media[] = [image(1, `${sourceId}.jpg`)], id = 1): Item => ({
  id,
  sourceId,
  context,
  media: [...media],
  missing: [],
  createdAt: 0,
})
