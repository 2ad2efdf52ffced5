import type { Box, ItemSource, MediaKind, Pair, Split, TrainingFormatId, TrainingKind } from '../../../../shared/domain'
import type { Message, Text } from '../../../../shared/messages/message'
import type { Pause } from '../exportJob'
import type { ValidationResult } from '../files/findings'
import type { ProjectFacts } from '../card/projectFacts'
import type { HandOff, HandOffTarget } from './handOff'

/** An image or video of an item, with its location and its properties at import. */
export interface SourceMedia {
  readonly kind: MediaKind
  /**
   * Returns the absolute path.
   * @throws Problem if the file cannot be a medium of the project.
   */
  path(): string
  /** File name at import, without folders. */
  readonly fileName: string
  /** File name below `media/` of the project. */
  readonly storedName: string
  readonly sha256: string
  /** Width in pixels as displayed; null if unknown. */
  readonly width: number | null
  readonly height: number | null
  /** Reason why it cannot be decoded; null if it can. */
  readonly problem: Text | null
  /** Part of the video that the item is about, in milliseconds; null for the whole medium. */
  readonly span: { readonly startMs: number; readonly endMs: number } | null
  /** Returns the paths of evenly spaced frames of the video, or of the item's part of it. */
  frames(count: number, signal: AbortSignal | undefined): Promise<readonly string[]>
}

/** A decided pair. Only approved pairs are used for training as they are; rejected pairs are negative examples. */
export interface SourcePair extends Pair {
  readonly candidateId: number
  readonly state: 'accepted' | 'edited' | 'rejected'
  /** Rationale of the response. */
  readonly reasoning: string | null
  /** Original text of the model, if it was edited. */
  readonly draft: Pair | null
  /** Reason for the rejection. */
  readonly reason: string | null
  /** Milliseconds since 1970. */
  readonly decidedAt: number
  /** Whether the demo generator drafted the pair. */
  readonly isDemo: boolean
  /** Provenance for the side file: run, model, prompt version, reviewer … */
  readonly provenance: Readonly<Record<string, unknown>>
  /** The part of the provenance that a card counts. */
  readonly origin?: PairOrigin
}

export interface PairOrigin {
  /** Author of the pair, if a person wrote it. */
  readonly author: string | null
  readonly model: string | null
  readonly promptVersion: { readonly id: number; readonly name: string | null } | null
  /** Detected language, ISO 639; null if none was detected. */
  readonly language: string | null
  /** Reviewers whose verdicts support the pair. */
  readonly reviewers: readonly string[]
}

/** The pairs of one conversation of an item, in order; a pair outside of conversations forms its own conversation. */
export interface Conversation {
  readonly item: string
  readonly split: Split
  readonly system: string | null
  readonly media: readonly SourceMedia[]
  /** Names of media that the item still waits for. */
  readonly missing: readonly string[]
  /** Boxes in pixels of the images as displayed. */
  readonly boxes: readonly Box[]
  /** Whether this is the first conversation of its item; rows about the item's boxes are written with it. */
  readonly isFirst: boolean
  /** Source of the media; null or undefined if unknown. */
  readonly source?: ItemSource | null
  readonly pairs: readonly SourcePair[]
  /** Rejected drafts of the item outside of conversations, if requested: worse answers to the same question. */
  readonly rejected?: readonly SourcePair[]
}

/** A medium of a record, with its name in the export. */
export interface RecordMedia {
  readonly kind: MediaKind
  /** `media/<name>`, relative to the export's folder. */
  readonly path: string
  readonly sha256: string
  readonly fileName: string
  readonly width: number
  readonly height: number
  /** Index of a frame among the frames of its video, from 0; null if it is not a frame. */
  readonly frame: number | null
  /** Size in bytes as exported. */
  readonly bytes: number
  /** Reads the bytes as exported. */
  read(): Promise<Buffer>
}

/** A box on an image of a record, in pixels of that image. */
export interface PlacedBox {
  readonly label: string
  /** Index of the image in the record. */
  readonly media: number
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  /** Width of the image in pixels. */
  readonly width: number
  readonly height: number
}

/** A text, the name of an object whose boxes are requested, or boxes, which each model family writes in its own format. */
export type Piece = string | { readonly ref: PlacedBox } | { readonly boxes: readonly PlacedBox[] }
export type Pieces = readonly Piece[]

export interface Turn {
  readonly user: Pieces
  readonly assistant: Pieces
}

/** Content of one row of training data. Media precede the text of the first user turn. */
export interface TrainingRecord {
  /** Unique in the export. */
  readonly id: string
  readonly item: string
  readonly source?: ItemSource | null
  readonly split: Split
  readonly system: string | null
  readonly media: readonly RecordMedia[]
  /** Turns before `prompt`; empty in a record of one turn. */
  readonly history: readonly Turn[]
  readonly prompt: Pieces
  readonly outcome:
    | { readonly kind: 'sft'; readonly answer: Pieces }
    | { readonly kind: 'dpo'; readonly chosen: Pieces; readonly rejected: Pieces }
    | { readonly kind: 'kto'; readonly answer: Pieces; readonly label: boolean }
  /** Pairs that the record consists of; empty if it is about boxes. */
  readonly pairs: readonly SourcePair[]
  readonly boxes: readonly PlacedBox[]
  /** Numbers of the conversation in its item and of the turn in the conversation, from 0; null outside of conversations. */
  readonly turn: number | null
}

/** Limits of a row in a format. */
export interface RowLimits {
  /** Maximum number of images in a row; rows with more are left out. */
  readonly maxImages: number
  /** Whether videos are files; otherwise they can only be written as frames. */
  readonly videoFiles: boolean
  readonly system: boolean
  /**
   * `history`: earlier turns are part of the row · `rows`: each turn is a separate row · `none`: conversations of several turns are left
   * out.
   */
  readonly turns: Readonly<Record<TrainingKind, 'history' | 'rows' | 'none'>>
  /** Whether preference rows have media. */
  readonly preferenceMedia?: false
  /** Maximum size of an image in bytes; rows with larger images are left out. */
  readonly maxImageBytes?: number
  /** Whether images are embedded in the data files instead of separate files. */
  readonly embedsImages?: true
  /** Returns why a row cannot be written, or null if it can. */
  readonly findFault?: (record: TrainingRecord) => Message | null
}

/** User-provided facts about a set; null if not provided. */
export interface SetAbout {
  readonly license: string | null
  readonly url: string | null
  readonly creator: string
}

/** Destination and options for writing records. */
export interface FormatTarget {
  readonly directory: string
  readonly kind: TrainingKind
  /** Name of the data set, safe for file names. */
  readonly name: string
  /** Renders pieces as text in the format of the chosen model family. */
  readonly renderPieces: (pieces: Pieces) => string
  readonly generator: string
  /** Facts for the card, provided by the person who exports the set. */
  readonly about: SetAbout
  /** Facts about the project that the set comes from; null if unknown. */
  readonly project: ProjectFacts | null
  /** Returns the text of a file that an earlier export left in the folder, or null if there is none. */
  readonly readEarlier: (name: string) => Promise<string | null>
  /** Returns the time of the latest decision in milliseconds since 1970; known once all records are written. */
  readonly decidedAt: () => number
}

export interface RecordWriter {
  add(record: TrainingRecord): Promise<void>
  /** Ends all files and returns their names relative to the folder. */
  finish(): Promise<readonly string[]>
  /** Closes open files after an error; has no effect after `finish`. */
  close(): Promise<void>
}

/** A format of a training framework. */
export interface TrainingFormat {
  readonly id: TrainingFormatId
  /** Name of the software that reads the format, for display. */
  readonly software: string
  readonly limits: RowLimits
  open(target: FormatTarget): RecordWriter
  /** Returns the files with which the framework trains on the set, once the contents of the set are known. */
  readonly handOff?: (target: HandOffTarget) => HandOff
  /** Reads an export back, regardless of which software wrote it, and reports what the format's loader drops, swaps or fails on. */
  validate(directory: string, pause: Pause): Promise<ValidationResult>
}
