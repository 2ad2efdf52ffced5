import type { FrameRule } from '../../../shared/domain'
import { importAgain } from '../../../shared/imports'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'

/** Maximum number of frames extracted from one video, so that a wrong rule does not fill the disk. */
export const maxFrames = 10_000

/** A part of a video in milliseconds; undefined bounds are the start and end of the video. */
export interface Span {
  readonly startMs?: number | undefined
  readonly endMs?: number | undefined
}

/** Returns the folder name for the frames of a rule and span: `every-1000ms`, `even-8`, `even-8-from-2000-to-5000`. */
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
 * Returns the times of the frames that a rule selects, in milliseconds from the start of the video. `every`: the start of the span, and
 * then in steps of the given seconds before its end. `even`: the middle of each of `count` equal parts.
 * @throws Problem wrong-use if the span is outside the video, or contains too many frames
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
