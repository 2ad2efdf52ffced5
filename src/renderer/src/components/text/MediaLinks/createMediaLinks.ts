import type { Box } from '../../../../../shared/domain'
import { indexLabels, linkWords, type Piece } from './linkWords'

/** Links between the media of an item and its texts: boxes and the words that name them, a video and its sentences. */
export type MediaLinks = ReturnType<typeof createMediaLinks>

/** Seeks in a video to a time in seconds. */
export type Seek = (seconds: number) => void

const noBox: readonly number[] = []

/**
 * Creates the links of an item.
 * @param boxes boxes of the item's context
 * @param hasVideo whether the item has a video, so that its sentences can be clicked
 */
export function createMediaLinks(boxes: readonly Pick<Box, 'label'>[], hasVideo: boolean) {
  const index = indexLabels(boxes.map(({ label }) => label))
  const known = new Map<string, readonly Piece[]>()
  const shown = new Set<readonly Piece[]>()
  const listeners = new Set<() => void>()
  let pointed = noBox
  let video: { readonly time: number; readonly playing: boolean } | null = null
  let seek: Seek | null = null
  const tell = () => {
    for (const listener of listeners) listener()
  }

  return {
    hasVideo,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Splits a text at the words that name boxes. */
    piecesOf: (text: string): readonly Piece[] => {
      const pieces = known.get(text) ?? linkWords(text, index)
      known.set(text, pieces)
      return pieces
    },
    /** Registers pieces as visible. Returns a function that unregisters them. */
    show: (pieces: readonly Piece[]) => {
      // The same text may be shown twice.
      const mine = [...pieces]
      shown.add(mine)
      return () => void shown.delete(mine)
    },
    /** Returns the number of visible words that name a box. */
    countWords: (box: number) => [...shown].flat().filter((piece) => piece.boxes.includes(box)).length,
    pointed: () => pointed,
    isPointed: (some: readonly number[]) => some.some((box) => pointed.includes(box)),
    point: (some: readonly number[]) => {
      if (some.length === 0 && pointed.length === 0) return
      pointed = some
      tell()
    },
    /** Returns the time of the video in seconds, and whether it is playing. */
    video: () => video,
    followVideo: (time: number, playing: boolean) => {
      video = { time, playing }
      tell()
    },
    setSeek: (next: Seek | null) => {
      seek = next
      if (!next) video = null
    },
    seek: (seconds: number) => seek?.(seconds),
  }
}
