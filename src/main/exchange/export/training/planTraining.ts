import type { ExportPlan, Preference, TrainingChoices } from '../../../../shared/domain'
import type { ExportProject } from '../exportJob'
import type { PairSource } from '../pairSource'
import { createPause, generator } from '../exportJob'
import { createPieceRenderer } from './boxes'
import { createRecordBuilder } from './buildRecords'
import { loadEditFilter } from './editFilter'
import { requireKind } from './exportTraining'
import { planFrames, plannedMedia } from './plannedMedia'
import { previewRecords } from './previewRecords'
import { readConversations } from './projectSource'
import type { TrainingFormat, TrainingRecord } from './records'
import { createTally } from './tally'

const PREVIEWED = 3
const PREFERENCES = 100
/** Maximum number of pairs that a plan checks: more would slow down every change of an option. */
const LOOKED_AT = 20_000

type Planned = Pick<ExportPlan, 'pairs' | 'leftOut' | 'lookedAt' | 'records' | 'preferences'>

/**
 * Returns what an export in a training format would write now: counts, reasons for left-out pairs, the first rows, and examples of
 * preferences.
 */
export async function planTraining(
  project: ExportProject,
  source: PairSource,
  { format, choices }: { readonly format: TrainingFormat; readonly choices: TrainingChoices },
): Promise<Planned> {
  const kind = choices.kind ?? 'sft'
  requireKind(format, kind)
  const tallies = { leftOut: createTally(), changed: createTally() }
  const builder = createRecordBuilder(
    {
      ...{ kind, limits: format.limits, signal: undefined, boxes: Boolean(choices.boxes), reasoning: choices.reasoning ?? false },
      ...{ frames: choices.frames ?? null, findEditFault: kind === 'dpo' ? await loadEditFilter(choices.minChange) : () => null },
    },
    plannedMedia,
    tallies,
  )
  const renderPieces = createPieceRenderer(choices.boxes ?? 'qwen3-vl')
  const first: TrainingRecord[] = []
  const preferences: Preference[] = []
  const used = new Set<number>()
  let read = 0
  let isPart = false
  const pause = createPause(undefined)
  for await (const conversation of readConversations(project, {
    kind,
    system: choices.system ?? null,
    source,
    itemDrafts: choices.itemDrafts ?? false,
  })) {
    if (read >= LOOKED_AT) {
      isPart = true
      break
    }
    for (const record of await builder.build({ ...conversation, media: conversation.media.map(planFrames) })) {
      if (first.length < PREVIEWED) first.push(record)
      if (preferences.length < PREFERENCES) preferences.push(...toPreference(record, renderPieces))
      for (const { candidateId } of record.pairs) used.add(candidateId)
    }
    read += conversation.pairs.length
    const turn = pause(read, read)
    if (turn) await turn
  }
  const about = { license: choices.license ?? null, url: choices.url ?? null, creator: project.info.name }
  const rows = await previewRecords(format, first, {
    kind,
    renderPieces,
    generator,
    about,
    decidedAt: () => 0,
    project: null,
    readEarlier: () => Promise.resolve(null),
  })
  return {
    pairs: used.size,
    leftOut: tallies.leftOut.read().map(({ reason, count }) => ({ reason, count })),
    lookedAt: isPart ? read : null,
    records: rows.slice(0, PREVIEWED).map((text, at) => ({ item: first[at]?.item ?? '', text })),
    preferences,
  }
}

function toPreference({ pairs: [pair], item, outcome }: TrainingRecord, render: ReturnType<typeof createPieceRenderer>): Preference[] {
  if (!pair || outcome.kind === 'sft') return []
  const shared = { candidateId: pair.candidateId, item, instruction: pair.instruction }
  if (outcome.kind === 'dpo') return [{ ...shared, chosen: render(outcome.chosen), rejected: render(outcome.rejected) }]
  const answer = render(outcome.answer)
  return [{ ...shared, chosen: outcome.label ? answer : null, rejected: outcome.label ? null : answer }]
}
