import type { Box, ItemSource, MediaKind, Pair, Split, TrainingFormatId, TrainingKind } from '../../../../shared/domain'
import type { Message, Text } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import type { ProjectFacts } from '../card/projectFacts'
import type { HandOff, HandOffTarget } from './handOff'

/** An image or video of an item, where it lies and as it was imported. */
export interface SourceMedia {
  readonly kind: MediaKind
  /** Gives the absolute path. Throws a Problem where the file cannot be a medium of the project. */
  path(): string
  /** the name it was imported under, without folders */
  readonly fileName: string
  /** the name below `media/` of the project */
  readonly storedName: string
  readonly sha256: string
  /** pixels as displayed; null where not known */
  readonly width: number | null
  readonly height: number | null
  /** why it cannot be decoded; null where it can */
  readonly problem: Text | null
  /** the item is about a part of the video, in milliseconds */
  readonly span: { readonly startMs: number; readonly endMs: number } | null
  /** Gives the paths of evenly spaced frames of the video, or of the item's part of it. */
  frames(count: number, signal: AbortSignal | undefined): Promise<readonly string[]>
}

/** A decided pair. Only approved ones are trained on as they are; rejected ones are negative examples. */
export interface SourcePair extends Pair {
  readonly candidateId: number
  readonly state: 'accepted' | 'edited' | 'rejected'
  /** why the response is right */
  readonly reasoning: string | null
  /** the model's text where it was edited */
  readonly draft: Pair | null
  /** why it was rejected */
  readonly reason: string | null
  /** milliseconds since 1970 */
  readonly decidedAt: number
  /** drafted by the demo generator */
  readonly isDemo: boolean
  /** what it came from, for the side file: run, model, prompt version, reviewer … */
  readonly provenance: Readonly<Record<string, unknown>>
  /** the same as far as a card counts it */
  readonly origin?: PairOrigin
}

export interface PairOrigin {
  /** who wrote it, where a person did */
  readonly author: string | null
  readonly model: string | null
  readonly promptVersion: { readonly id: number; readonly name: string | null } | null
  /** as detected, ISO 639; null where it was not */
  readonly language: string | null
  /** whose verdicts it stands by */
  readonly reviewers: readonly string[]
}

/** The pairs of one conversation of an item, in order; a pair outside of conversations is one of its own. */
export interface Conversation {
  readonly item: string
  readonly split: Split
  readonly system: string | null
  readonly media: readonly SourceMedia[]
  /** media that the item still waits for, by name */
  readonly missing: readonly string[]
  /** pixels of the images as displayed */
  readonly boxes: readonly Box[]
  /** the first conversation of its item, which rows about the item's boxes go with */
  readonly isFirst: boolean
  /** where the media come from; null or undefined where it is not known */
  readonly source?: ItemSource | null
  readonly pairs: readonly SourcePair[]
  /** drafts of the item that were rejected and stand in no conversation, where they are asked for: worse answers to the same question */
  readonly rejected?: readonly SourcePair[]
}

/** A medium of a record, under the name that it has in the export. */
export interface RecordMedia {
  readonly kind: MediaKind
  /** `media/<name>`, relative to the export's folder */
  readonly path: string
  readonly sha256: string
  readonly fileName: string
  readonly width: number
  readonly height: number
  /** place of a frame among those of its video, from 0; null for what is no frame */
  readonly frame: number | null
  /** as exported */
  readonly bytes: number
  /** Reads the bytes as they are exported. */
  read(): Promise<Buffer>
}

/** A box on an image of a record, in its pixels. */
export interface PlacedBox {
  readonly label: string
  /** place of the image in the record */
  readonly media: number
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  /** pixels of the image */
  readonly width: number
  readonly height: number
}

/** Text, the name of a thing that boxes are asked for, or boxes, which each model family writes in its own way. */
export type Piece = string | { readonly ref: PlacedBox } | { readonly boxes: readonly PlacedBox[] }
export type Pieces = readonly Piece[]

export interface Turn {
  readonly user: Pieces
  readonly assistant: Pieces
}

/** What one row of training data holds. Media stand before the text of the first user turn. */
export interface TrainingRecord {
  /** unique in the export */
  readonly id: string
  readonly item: string
  readonly source?: ItemSource | null
  readonly split: Split
  readonly system: string | null
  readonly media: readonly RecordMedia[]
  /** turns before `prompt`; empty in a record of one turn */
  readonly history: readonly Turn[]
  readonly prompt: Pieces
  readonly outcome:
    | { readonly kind: 'sft'; readonly answer: Pieces }
    | { readonly kind: 'dpo'; readonly chosen: Pieces; readonly rejected: Pieces }
    | { readonly kind: 'kto'; readonly answer: Pieces; readonly label: boolean }
  /** pairs that it is made of; empty where it is about boxes */
  readonly pairs: readonly SourcePair[]
  readonly boxes: readonly PlacedBox[]
  /** number of the conversation among those of its item, and of the turn in it, from 0; null outside of conversations */
  readonly turn: number | null
}

/** What rows of a format can hold. */
export interface RowLimits {
  /** images in a row; what has more is left out */
  readonly maxImages: number
  /** whether videos are files, or can only be written as frames */
  readonly videoFiles: boolean
  readonly system: boolean
  /** `history`: earlier turns stand in the row · `rows`: each turn is a row of its own · `none`: conversations of several turns are left out */
  readonly turns: Readonly<Record<TrainingKind, 'history' | 'rows' | 'none'>>
  /** whether preference rows have media */
  readonly preferenceMedia?: false
  /** bytes of an image; what is larger is left out */
  readonly maxImageBytes?: number
  /** whether images are part of the data files, and no files of their own */
  readonly embedsImages?: true
  /** Says why a row cannot be written; null where it can. */
  readonly findFault?: (record: TrainingRecord) => Message | null
}

/** What people say of a set; null where they said nothing. */
export interface SetAbout {
  readonly license: string | null
  readonly url: string | null
  readonly creator: string
}

/** Where and how records are written. */
export interface FormatTarget {
  readonly directory: string
  readonly kind: TrainingKind
  /** name of the data set, fit for file names */
  readonly name: string
  /** Writes pieces as text in the form of the model family that was chosen. */
  readonly renderPieces: (pieces: Pieces) => string
  readonly generator: string
  /** what a card says of the set, from the person who exports it */
  readonly about: SetAbout
  /** of the project that the set comes from; null where it is not known */
  readonly project: ProjectFacts | null
  /** Gives the text of a file that an earlier export left in the folder; null where there is none. */
  readonly readEarlier: (name: string) => Promise<string | null>
  /** milliseconds since 1970 at which the youngest decision was made; known when all records are written */
  readonly decidedAt: () => number
}

export interface RecordWriter {
  add(record: TrainingRecord): Promise<void>
  /** Ends all files; gives their names below the folder. */
  finish(): Promise<readonly string[]>
  /** Closes what is open; for after an error, harmless after `finish`. */
  close(): Promise<void>
}

/** A format of a training framework. */
export interface TrainingFormat {
  readonly id: TrainingFormatId
  /** which software reads it, for people */
  readonly software: string
  readonly limits: RowLimits
  open(target: FormatTarget): RecordWriter
  /** Gives what the framework trains with on the set, once it is known what the set holds. */
  readonly handOff?: (target: HandOffTarget) => HandOff
  /** Reads an export back, whoever wrote it, and names what the format's loader drops, swaps or stops at. */
  validate(directory: string, pause: Pause): Promise<ValidationResult>
}
