import type { Box } from '../../../../../shared/domain'
import { indexLabels, linkWords, type Piece } from './linkWords'

/** What the media of an item and the texts about it have in common: boxes and the words that name them, a video and its sentences. */
export type MediaLinks = ReturnType<typeof createMediaLinks>

/** A video that can be sent to a time, in seconds. */
export type Seek = (seconds: number) => void

const noBox: readonly number[] = []

/** @param boxes of the item's context · hasVideo: it has a video, whose sentences can be clicked */
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
    /** the text cut at the words that name boxes */
    piecesOf: (text: string): readonly Piece[] => {
      const pieces = known.get(text) ?? linkWords(text, index)
      known.set(text, pieces)
      return pieces
    },
    /** these pieces are on the screen, until what is returned is called */
    show: (pieces: readonly Piece[]) => {
      // The same text may be there twice.
      const mine = [...pieces]
      shown.add(mine)
      return () => void shown.delete(mine)
    },
    /** how many words on the screen name a box */
    countWords: (box: number) => [...shown].flat().filter((piece) => piece.boxes.includes(box)).length,
    pointed: () => pointed,
    isPointed: (some: readonly number[]) => some.some((box) => pointed.includes(box)),
    point: (some: readonly number[]) => {
      if (some.length === 0 && pointed.length === 0) return
      pointed = some
      tell()
    },
    /** where the video is: seconds, and whether it plays */
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
