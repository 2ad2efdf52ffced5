import type { MediaKind, Split } from '../../../../shared/domain'
import type { TrainingRecord } from './records'
import { plainTexts } from './texts'

/** Pixels to which the configurations limit an image where nothing else binds them: 768 × 768. */
export const defaultImagePixels = 768 * 768
/** Pixels to which Qwen2.5-VL's own processor limits an image; its boxes count in images of that size. */
export const fullImagePixels = 28 * 28 * 16_384
/** Pixels of a frame, and frames of a video, that the configurations ask for. */
export const videoLimits = { pixels: 256 * 256, frames: 32, perSecond: 2 } as const

const pixelsOfToken = 28 * 28
/** Two frames of a video share their tokens. */
const tokensOfVideo = Math.ceil(((videoLimits.frames / 2) * videoLimits.pixels) / pixelsOfToken) + videoLimits.frames
/** The roles and marks of a turn. */
const tokensOfTurn = 12
/** Tokens of texts in Latin script have about four bytes, of others about three. */
const bytesOfToken = 3

/** What a set holds, as far as its training depends on it. */
export interface SetFacts {
  readonly rows: ReadonlyMap<Split, number>
  readonly media: ReadonlySet<MediaKind>
  /** tokens of the longest row, estimated from above: with images of `defaultImagePixels` at most, and of `fullImagePixels` */
  readonly longest: { readonly limited: number; readonly full: number }
}

/** Measures records as they pass. */
export function createSetFacts(): { add(record: TrainingRecord): void; read(): SetFacts } {
  const rows = new Map<Split, number>()
  const media = new Set<MediaKind>()
  const longest = { limited: 0, full: 0 }
  return {
    add(record) {
      rows.set(record.split, (rows.get(record.split) ?? 0) + 1)
      let text = tokensOfTurn * (2 * record.history.length + 3)
      for (const each of plainTexts(record)) text += Math.ceil(Buffer.byteLength(each) / bytesOfToken)
      let [limited, full] = [text, text]
      for (const { kind, width, height } of record.media) {
        media.add(kind)
        const tokensOf = (most: number) =>
          kind === 'video' ? tokensOfVideo : Math.ceil(Math.min(width * height, most) / pixelsOfToken) + tokensOfTurn
        limited += tokensOf(defaultImagePixels)
        full += tokensOf(fullImagePixels)
      }
      longest.limited = Math.max(longest.limited, limited)
      longest.full = Math.max(longest.full, full)
    },
    read: () => ({ rows, media, longest }),
  }
}

const [minLength, maxLength] = [2048, 131_072]

/** The length in tokens, a power of two, at which no row of the set is cut. */
export function sequenceLength(tokens: number): number {
  let length = minLength
  while (length < tokens && length < maxLength) length *= 2
  return length
}
