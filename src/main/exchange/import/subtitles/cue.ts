import type { Message } from '../../../../shared/messages/message'

/** A text shown from one second of the video to another; `line` is 1-based. */
export interface TimedCue {
  readonly line: number
  readonly start: number
  readonly end: number
  readonly lines: readonly string[]
  /** whether the file says who speaks, which a sentence has no place for */
  readonly hasSpeaker?: boolean
}

/** What cannot be read, and why. */
export interface CueFault {
  readonly line: number
  readonly fault: Message
}

/** What is worth knowing of a cue that was read. */
export interface CueNote {
  readonly line: number
  readonly note: Message
}

export type ReadCue = TimedCue | CueFault | CueNote
