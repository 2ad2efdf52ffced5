import type { TrainingKind } from '../../../../shared/domain'
import { message, type Message } from '../../../../shared/messages/message'
import { mediaReason } from '../mimicIt/imageSource'
import { placeBox } from './boxes'
import { type EditFilter, isSameQuestion } from './editFilter'
import { neutralizePlaceholders } from './placeholders'
import type { Conversation, Piece, PlacedBox, RecordMedia, RowLimits, SourcePair, TrainingRecord, Turn } from './records'
import { leftOutReasons, type Tally } from './tally'
import type { MediaWriter } from './trainingMedia'

export interface BuildOptions {
  readonly kind: TrainingKind
  readonly limits: RowLimits
  /** Number of evenly spaced frames of each video; null uses the video itself. */
  readonly frames: number | null
  /** Whether the reasoning precedes the answer, between `<think>` and `</think>`. */
  readonly reasoning: boolean
  /** Whether to add rows that ask for the boxes of each object in an image. */
  readonly boxes: boolean
  /** Returns the reason why an edit is not a preference, or null. */
  readonly findEditFault: EditFilter
  readonly signal: AbortSignal | undefined
}

export interface Tallies {
  readonly leftOut: Tally
  readonly changed: Tally
}

/** Builds the records of conversations, writes their media, and counts what is left out. */
export function createRecordBuilder(options: BuildOptions, media: MediaWriter, tallies: Tallies) {
  const { kind, limits } = options

  const read = (text: string, item: string): string => {
    const neutral = neutralizePlaceholders(text)
    if (neutral !== text) tallies.changed.add(message('training.changed.placeholder'), item)
    return neutral
  }
  const answerOf = (pair: SourcePair, text: string, item: string) => {
    const answer = read(text, item)
    return options.reasoning && pair.reasoning?.trim() ? `<think>\n${read(pair.reasoning.trim(), item)}\n</think>\n\n${answer}` : answer
  }
  const toTurn = (pair: SourcePair, item: string): Turn => ({
    user: [read(pair.instruction, item)],
    assistant: [answerOf(pair, pair.response, item)],
  })

  /** Returns the media of a record in order; `places` maps the media of the item to indexes in that list. */
  const takeMedia = async (conversation: Conversation): Promise<{ media: RecordMedia[]; places: number[] } | Message> => {
    if (conversation.missing.length > 0) return message('training.leftOut.waitsForMedia')
    if (limits.preferenceMedia === false && kind !== 'sft' && conversation.media.length > 0) return leftOutReasons.noPreferenceMedia
    const taken: RecordMedia[] = []
    const places: number[] = []
    for (const source of conversation.media) {
      places.push(taken.length)
      try {
        if (source.kind === 'image') taken.push(await media.take(source))
        else if (options.frames !== null) {
          for (const [frame, file] of (await source.frames(options.frames, options.signal)).entries())
            taken.push({ ...(await media.takeFrame(file, source)), frame })
        } else if (!limits.videoFiles) return leftOutReasons.videoNeedsFrames
        else if (source.span !== null) return leftOutReasons.videoPart
        else if (source.problem !== null) return message('common.labelled', { label: source.fileName, text: source.problem })
        else taken.push(await media.take(source))
      } catch (error) {
        options.signal?.throwIfAborted()
        return mediaReason(source, error)
      }
    }
    if (taken.filter(({ kind: each }) => each === 'image').length > limits.maxImages)
      return message('training.leftOut.tooManyImages', { max: limits.maxImages })
    const { maxImageBytes } = limits
    if (maxImageBytes !== undefined && taken.some(({ bytes }) => bytes > maxImageBytes))
      return message('training.leftOut.imageTooLarge', { megabytes: maxImageBytes / 1_000_000 })
    return { media: taken, places }
  }

  type Shared = Pick<TrainingRecord, 'item' | 'source' | 'split' | 'system' | 'media' | 'boxes'>

  const sftRecords = (shared: Shared, pairs: readonly SourcePair[]): TrainingRecord[] => {
    const approved = pairs.filter(({ state }) => state !== 'rejected')
    const turns = approved.map((pair) => toTurn(pair, shared.item))
    const record = (last: number, history: readonly Turn[], used: readonly SourcePair[], turn: number | null): TrainingRecord[] => {
      const { user, assistant } = turns[last] ?? { user: [], assistant: [] }
      const id = `pair-${used[0]?.candidateId}`
      return [{ ...shared, id, history, prompt: user, outcome: { kind: 'sft', answer: assistant }, pairs: used, turn }]
    }
    if (approved.length === 0) return []
    if (limits.turns.sft === 'rows') return approved.flatMap((pair, at) => record(at, [], [pair], approved.length > 1 ? at : null))
    if (limits.turns.sft === 'none' && approved.length > 1) {
      tallies.leftOut.add(leftOutReasons.severalTurns, shared.item, approved.length)
      return []
    }
    return record(turns.length - 1, turns.slice(0, -1), approved, null)
  }

  const preferenceOutcome = (pair: SourcePair, item: string): TrainingRecord['outcome'] | Message => {
    if (kind === 'kto') {
      if (pair.state === 'rejected' && pair.reason === 'duplicate') return leftOutReasons.duplicate
      return { kind, answer: [answerOf(pair, pair.response, item)], label: pair.state !== 'rejected' }
    }
    if (pair.state !== 'edited' || pair.draft === null) return leftOutReasons.notEdited
    const fault = options.findEditFault(pair.draft.response, pair.response)
    if (fault !== null) return leftOutReasons[fault]
    const [chosen, rejected] = [answerOf(pair, pair.response, item), answerOf(pair, pair.draft.response, item)]
    return chosen === rejected ? leftOutReasons.identical : { kind: 'dpo', chosen: [chosen], rejected: [rejected] }
  }

  /** Returns rows that pair an answer with rejected drafts of its item: only answers to the same question can be compared. */
  const itemRecords = (shared: Shared, pair: SourcePair, rejected: readonly SourcePair[]): TrainingRecord[] =>
    rejected.flatMap((other) => {
      if (!isSameQuestion(pair.instruction, other.instruction)) return []
      const fault = options.findEditFault(other.response, pair.response)
      if (fault !== null) {
        tallies.leftOut.add(leftOutReasons[fault], shared.item)
        return []
      }
      const [chosen, worse] = [answerOf(pair, pair.response, shared.item), answerOf(other, other.response, shared.item)]
      const { user } = toTurn(pair, shared.item)
      const outcome = { kind: 'dpo' as const, chosen: [chosen], rejected: [worse] }
      const id = `pair-${pair.candidateId}-${other.candidateId}`
      return [{ ...shared, id, history: [], prompt: user, outcome, pairs: [pair, other], turn: null }]
    })

  const preferenceRecords = (shared: Shared, pairs: readonly SourcePair[], rejected: readonly SourcePair[]): TrainingRecord[] => {
    const history: Turn[] = []
    const records: TrainingRecord[] = []
    for (const pair of pairs) {
      const outcome =
        limits.turns[kind] === 'none' && history.length > 0 ? leftOutReasons.severalTurns : preferenceOutcome(pair, shared.item)
      if ('kind' in outcome) {
        const { user } = toTurn(pair, shared.item)
        records.push({ ...shared, id: `pair-${pair.candidateId}`, history: [...history], prompt: user, outcome, pairs: [pair], turn: null })
      }
      const ofItem = kind === 'dpo' && history.length === 0 ? itemRecords(shared, pair, rejected) : []
      records.push(...ofItem)
      if (!('kind' in outcome) && ofItem.length === 0) tallies.leftOut.add(outcome, shared.item)
      if (pair.state !== 'rejected') history.push(toTurn(pair, shared.item))
    }
    return records
  }

  const boxRecords = (shared: Shared, boxes: readonly PlacedBox[], key: number): TrainingRecord[] =>
    [...Map.groupBy(boxes, ({ media: place, label }) => `${place} ${label}`).values()].flatMap((same, at) => {
      const [first] = same
      if (!first) return []
      const where: Piece = shared.media.length > 1 ? ` in image ${first.media + 1}.` : ' in the image.'
      return {
        ...{ ...shared, boxes: same, id: `boxes-${key}-${at}`, history: [], pairs: [], turn: null },
        prompt: ['Find every ', { ref: first }, where],
        outcome: { kind: 'sft' as const, answer: [{ boxes: same }] },
      }
    })

  return {
    /** Returns the records of a conversation; empty if the whole conversation is left out. */
    async build(conversation: Conversation): Promise<readonly TrainingRecord[]> {
      const { item, split, pairs } = conversation
      if (pairs.length === 0) return []
      const system = conversation.system?.trim() ? read(conversation.system.trim(), item) : null
      if (system !== null && !limits.system) {
        tallies.leftOut.add(leftOutReasons.noSystem, item, pairs.length)
        return []
      }
      const taken = await takeMedia(conversation)
      if (!('media' in taken)) {
        tallies.leftOut.add(taken, item, pairs.length)
        return []
      }
      const shared: Shared = { item, source: conversation.source ?? null, split, system, media: taken.media, boxes: [] }
      const records = kind === 'sft' ? sftRecords(shared, pairs) : preferenceRecords(shared, pairs, conversation.rejected ?? [])
      if (kind === 'sft' && options.boxes && conversation.isFirst)
        records.push(...boxRecords(shared, placeBoxes(conversation, taken), pairs[0]?.candidateId ?? 0))
      return records.filter((record) => {
        const fault = limits.findFault?.(record) ?? null
        if (fault !== null) tallies.leftOut.add(fault, item, Math.max(record.pairs.length, 1))
        return fault === null
      })
    },
  }

  function placeBoxes(
    { boxes, item }: Conversation,
    { media: images, places }: { media: readonly RecordMedia[]; places: readonly number[] },
  ): PlacedBox[] {
    return boxes.flatMap((box) => {
      const placed = placeBox({ ...box, label: read(box.label, item), media: places[box.media] ?? -1 }, images)
      if (placed === null) tallies.leftOut.add(leftOutReasons.boxOutside, item)
      return placed ?? []
    })
  }
}
