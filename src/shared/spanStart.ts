import type { Context } from './domain'

/** Where the part of a video begins that an item is about, in seconds: its clip, or else the whole second of its first narration. */
export function spanStart({ clip, narrations = [] }: Pick<Context, 'clip' | 'narrations'>): number {
  if (clip) return clip.end > clip.start ? clip.start : 0
  return narrations.length === 0 ? 0 : Math.floor(Math.min(...narrations.map(({ time }) => time)))
}
