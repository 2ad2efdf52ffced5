import { join } from 'node:path'
import { trainingFormats } from '../../src/main/exchange/export/training/trainingFormats'
import { exportForTraining } from '../../src/main/exchange/export/exportAny'
import { noPause, type ExportOptions } from '../../src/main/exchange/export/exportJob'
import { decide } from '../../src/main/store/decisions/decisions'
import type { DraftedPair, RecipeId, TrainingChoices, TrainingFormatId } from '../../src/shared/domain'
import { accept, addItem, draft, newExportProject, sampleMedia, somePairs, type TestProject } from './exportProject'
import { inEnglish } from './inEnglish'
import { recipeSamples } from './recipeSamples'

/** A project of a recipe with its samples: two pairs an item, or a conversation of two turns, one edited; and a rejected pair. */
export async function newTrainingProject(recipe: RecipeId): Promise<TestProject> {
  const project = await newExportProject(recipe, 'Harbour')
  for (const [at, { sourceId, files, context }] of recipeSamples[recipe].entries()) {
    const item = await addItem(
      project,
      sourceId,
      files.map((name) => join(sampleMedia, name)),
      context,
    )
    const turns: Partial<DraftedPair>[] = recipe === 'sn' ? [{ conversation: 0, turn: 0, rationale: 'It is in view.' }, { conversation: 0, turn: 1 }] : [{ kind: 'detail' }, {}] // prettier-ignore
    const [first = 0, second = 0, third = 0] = draft(project, item, [
      ...somePairs(2, sourceId).map((pair, turn) => ({ ...pair, ...turns[turn] })),
      { instruction: `Is there a dragon near ${sourceId}?`, response: 'Yes, a green one.' },
    ])
    accept(project, first)
    decide(project.db, {
      ...{ candidateId: second, verdict: 'edit', reviewer: 'Ada', seconds: 3 },
      pair: { instruction: `What is ${sourceId} number 2?`, response: `It is a very different thing than was drafted, ${at}.` },
    })
    decide(project.db, { candidateId: third, verdict: 'reject', reason: 'wrong fact', reviewer: 'Ada', seconds: 2 })
  }
  return project
}

/**
 * A project with one of each: an image with boxes and an edited pair, an album, a conversation of two turns without media, and a video
 * where `video` says so. Some pairs are rejected.
 */
export async function newMixedProject({ video = false } = {}): Promise<TestProject> {
  const project = await newExportProject('custom', 'Harbour')
  const { db } = project
  const file = (name: string) => join(sampleMedia, name)
  const boxes = [
    { label: 'cat', x: 40, y: 30, width: 200, height: 150, media: 0 },
    { label: 'eye', x: 100, y: 60, width: 30, height: 20, media: 0 },
  ]
  const cat = await addItem(project, 'cat', [file('cat.jpg')], { boxes })
  const coins = await addItem(project, 'coins', [file('coins_1.jpg'), file('coins_2.jpg')])
  const words = await addItem(project, 'words', [])
  const [one = 0, two = 0, three = 0] = draft(project, cat, [
    { instruction: 'What is it?', response: 'A cat with green eyes.', rationale: 'It has whiskers.' },
    { instruction: 'Where does it look?', response: 'It looks at a dog in the garden.' },
    { instruction: 'Is it red?', response: 'Yes, it is red all over.' },
  ])
  const [four = 0, five = 0] = draft(project, coins, somePairs(2, 'coin'))
  const turns = somePairs(2, 'word').map((pair, turn) => ({ ...pair, conversation: 0, turn }))
  const [six = 0, seven = 0] = draft(project, words, turns)
  accept(project, one, four, six)
  const edit = (candidateId: number, instruction: string, response: string) =>
    decide(db, { candidateId, verdict: 'edit', pair: { instruction, response }, reviewer: 'Ada', seconds: 4 })
  edit(two, 'Where does it look?', 'It looks to the side, past the camera.')
  edit(seven, 'What is word number 2?', 'Nobody can tell from what is given here.')
  for (const candidateId of [three, five]) decide(db, { candidateId, verdict: 'reject', reason: 'wrong fact', reviewer: 'Ada', seconds: 1 })
  if (video) {
    const tour = await addItem(project, 'tour', [file('launch_tour.mp4')])
    accept(project, ...draft(project, tour, somePairs(1, 'tour')))
  }
  return project
}

export interface ExportSettings extends TrainingChoices, Pick<ExportOptions, 'signal' | 'onProgress'> {
  readonly snapshot?: string
  readonly out?: string
}

/** Exports a test project, with texts in English. */
export async function exportProject(
  project: TestProject,
  format: TrainingFormatId,
  { out = project.out, snapshot, signal, onProgress, ...choices }: ExportSettings = {},
) {
  const target = { format, directory: out, snapshot, choices }
  return inEnglish(await exportForTraining(project, target, { ...(signal && { signal }), ...(onProgress && { onProgress }) }))
}

/** What a format's validator finds in a folder, in English. */
export const validate = async (format: TrainingFormatId, directory: string) =>
  inEnglish(await trainingFormats[format].validate(directory, noPause))
