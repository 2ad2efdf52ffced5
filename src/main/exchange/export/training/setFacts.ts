import type { MediaKind, Split } from '../../../../shared/domain'
import type { TrainingRecord } from './records'
import { plainTexts } from './texts'

/** Maximum number of pixels of an image in the configurations if no other limit applies: 768 × 768. */
export const defaultImagePixels = 768 * 768
/** Maximum number of pixels of an image in Qwen2.5-VL's own processor; its boxes use coordinates of images of that size. */
export const fullImagePixels = 28 * 28 * 16_384
/** Pixels per frame and frames per video that the configurations request. */
export const videoLimits = { pixels: 256 * 256, frames: 32, perSecond: 2 } as const

const pixelsOfToken = 28 * 28
/** Two frames of a video share their tokens. */
const tokensOfVideo = Math.ceil(((videoLimits.frames / 2) * videoLimits.pixels) / pixelsOfToken) + videoLimits.frames
/** Tokens for the role and the markers of a turn. */
const tokensOfTurn = 12
/** A token has about four bytes in Latin script and about three in others. */
const bytesOfToken = 3

/** Properties of a set that its training depends on. */
export interface SetFacts {
  readonly rows: ReadonlyMap<Split, number>
  readonly media: ReadonlySet<MediaKind>
  /**
   * Estimated upper bound for the tokens of the longest row: with images of at most `defaultImagePixels`, and of at most `fullImagePixels`.
   */
  readonly longest: { readonly limited: number; readonly full: number }
}

/** Collects the properties of a set from its records, one at a time. */
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

/** Returns the length in tokens, a power of two, at which no row of the set is truncated. */
export function sequenceLength(tokens: number): number {
  let length = minLength
  while (length < tokens && length < maxLength) length *= 2
  return length
}
