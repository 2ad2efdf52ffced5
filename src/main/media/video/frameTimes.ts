import type { FrameRule } from '../../../shared/domain'
import { importAgain } from '../../../shared/imports'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'

/** More frames of one video than this are refused: a wrong rule should not fill the disk. */
export const maxFrames = 10_000

/** A part of a video in milliseconds; all of it where nothing is given. */
export interface Span {
  readonly startMs?: number | undefined
  readonly endMs?: number | undefined
}

/** The name of a rule and span, which is the folder of its frames: `every-1000ms`, `even-8`, `even-8-from-2000-to-5000`. */
export function frameRuleName(rule: FrameRule, { startMs, endMs }: Span = {}): string {
  const from = startMs === undefined ? '' : `-from-${Math.round(startMs)}`
  const to = endMs === undefined ? '' : `-to-${Math.round(endMs)}`
  switch (rule.kind) {
    case 'every':
      return `every-${Math.round(rule.seconds * 1000)}ms${from}${to}`
    case 'even':
      return `even-${rule.count}${from}${to}`
    default:
      return rule satisfies never
  }
}

/**
 * The times, in milliseconds from the start of the video, whose frames a rule asks for. `every`: at the start of the span and then
 * every so many seconds before its end. `even`: the middle of each of so many equal parts.
 * @throws Problem wrong-use where the span is not in the video, or holds too many frames
 */
export function frameTimes(rule: FrameRule, durationMs: number, { startMs = 0, endMs = durationMs }: Span, name: string): number[] {
  const end = Math.min(endMs, durationMs)
  if (startMs < 0 || startMs >= end)
    throw new Problem(
      'wrong-use',
      message('video.partOutside', { name, start: seconds(startMs), end: seconds(endMs), duration: seconds(durationMs) }),
      message('video.correctTimes', { importAgain }),
      { item: name },
    )
  const stepMs = rule.kind === 'every' ? Math.max(1, Math.round(rule.seconds * 1000)) : (end - startMs) / rule.count
  const count = rule.kind === 'every' ? Math.ceil((end - startMs) / stepMs) : rule.count
  if (count > maxFrames)
    throw new Problem('wrong-use', message('video.tooManyFrames', { name, count }), message('video.askForFewerFrames'), { item: name })
  const first = rule.kind === 'every' ? startMs : startMs + stepMs / 2
  return Array.from({ length: count }, (_, index) => Math.round(first + index * stepMs))
}

const seconds = (milliseconds: number) => message('common.seconds', { seconds: Number((milliseconds / 1000).toFixed(3)) })
