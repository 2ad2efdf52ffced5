import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { moveTurn, splitPair, writePair } from '../../../../src/main/store/candidates/writtenPairs'
import { addApproved, addItem, newExportProject, paint, readJson, somePairs, type TestProject } from '../../../support/exportProject'
import { exportPairs } from '../../../support/inEnglish'

let project: TestProject
beforeEach(async () => {
  project = await newExportProject('sn', 'Rooms')
})
afterEach(() => project.remove())

const reviewer = 'Ada'
const rounds = somePairs(3).map((pair, turn) => ({ ...pair, conversation: 0, turn }))

describe('pairs that people wrote, and turns that they moved', () => {
  it('are told from a model’s in JSONL, and stand in the order of their conversation', async () => {
    const item = await addItem(project, 'room', [await paint(project, 'room.png', 40)])
    const [one = 0, two = 0, three = 0] = addApproved(project, item, rounds)
    const [, half] = splitPair(project.db, {
      candidateId: one,
      first: { instruction: 'Is it so?', response: 'It is.' },
      second: { instruction: 'And then?', response: 'It goes.' },
      reviewer,
    })
    moveTurn(project.db, { candidateId: three, by: -1, reviewer: 'Bo' })
    const own = writePair(project.db, { itemId: item, pair: { instruction: 'Why?', response: 'So.' }, reviewer })

    const report = await exportPairs(project, { format: 'jsonl', directory: project.out })
    expect(report.validation.issues).toEqual([])
    const text = await readFile(path.join(project.out, 'Rooms.jsonl'), 'utf8')
    const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>) // prettier-ignore
    expect(lines.map(({ id }) => id)).toEqual([one, half?.id, three, two, own.id])
    expect(lines[1]).toMatchObject({
      origin: 'human',
      author: 'Ada',
      splitFrom: one,
      provider: null,
      model: null,
      prompt: null,
      run: null,
      turn: 1,
    })
    expect(lines[2]).toMatchObject({ origin: 'model', author: null, turn: 2, decision: { verdict: 'accept', reviewer: 'Ada' } })
    expect(lines[4]).toMatchObject({ origin: 'human', splitFrom: null, conversation: null })
    expect(await readJson(path.join(project.out, 'Rooms.meta.json'))).toMatchObject({ pairs: 5, human_pairs: 2 })
  })

  it('are related in MIMIC-IT by their order, and counted in its meta', async () => {
    const item = await addItem(project, 'room', [await paint(project, 'room.png', 40)])
    const [one, two = 0, three] = addApproved(project, item, rounds)
    moveTurn(project.db, { candidateId: two, by: -1, reviewer })
    const last = writePair(project.db, {
      itemId: item,
      pair: { instruction: 'Why?', response: 'So.' },
      reviewer,
      besideId: two,
      asTurn: true,
    })
    const report = await exportPairs(project, { format: 'mimic-it', directory: project.out })
    expect(report.validation.issues.filter(({ level }) => level === 'error')).toEqual([])
    const set = (await readJson(path.join(project.out, 'SN_instructions.json'))) as {
      meta: Record<string, unknown>
      data: Record<string, { rel_ins_ids: string[] }>
    }
    expect(set.meta).toMatchObject({ human_pairs: 1 })
    const numbers = (ids: readonly string[]) => ids.map((id) => Number(id.split('_').at(-1)))
    expect(numbers(Object.keys(set.data))).toEqual([two, one, three, last.id])
    expect(Object.values(set.data).map(({ rel_ins_ids: ids }) => numbers(ids))).toEqual([[], [two], [two, one], [two, one, three]])
  })
})
