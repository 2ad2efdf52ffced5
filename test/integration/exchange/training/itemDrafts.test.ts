import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { leastTrainingBytes } from '../../../../src/main/exchange/export/files/diskSpace'
import { exportForTraining } from '../../../../src/main/exchange/export/exportAny'
import { createProjectSource } from '../../../../src/main/exchange/export/pairSource'
import { trainingFormats } from '../../../../src/main/exchange/export/training/trainingFormats'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { trainingFormatSchema } from '../../../../src/shared/domain'
import { accept, addItem, draft, newExportProject, sampleMedia, type TestProject } from '../../../support/exportProject'
import { exportProject, newMixedProject, validate } from '../../../support/trainingSet'

let project: TestProject
beforeEach(async () => {
  project = await newExportProject('la', 'Harbour')
})
afterEach(() => project.remove())

const reject = (candidateId: number, reason = 'wrong fact') =>
  decide(project.db, { candidateId, verdict: 'reject', reason, reviewer: 'Ada' })

const exportDpo = () => exportProject(project, 'ms-swift', { kind: 'dpo', itemDrafts: true })

const rows = async () =>
  (await readFile(join(project.out, 'harbour.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { messages: { content: string }[]; rejected_response: string })
    .map(({ messages, rejected_response: rejected }) => [...messages.map(({ content }) => content.replace('<image>\n', '')), rejected])

it('an accepted and a rejected draft of one item are a preference where they answer the same question', async () => {
  const cat = await addItem(project, 'cat', [join(sampleMedia, 'cat.jpg')])
  const cup = await addItem(project, 'cup', [join(sampleMedia, 'coffee.jpg')])
  const ids = draft(project, cat, [
    { instruction: 'What is in the picture?', response: 'A cat with green eyes looks up.' },
    { instruction: 'what is in the  picture', response: 'A dog sleeps on a red sofa.' },
    { instruction: 'Where does it look?', response: 'It looks at a bird.' },
    { instruction: 'What is in the picture?', response: 'A cat with green eyes looks up!' },
    { instruction: 'What is in the picture?', response: 'Een hond slaapt op een grote rode bank in de kamer.' },
    { instruction: 'What is in the picture?', response: 'Two people eat dinner outside.' },
  ])
  const [one = 0, two = 0, three = 0, four = 0, five = 0, six = 0] = ids
  accept(project, one)
  for (const id of [two, three, four, five]) reject(id)
  reject(six, 'duplicate')
  // The same question about another item has another answer.
  const [other = 0] = draft(project, cup, [{ instruction: 'What is in the picture?', response: 'Nothing at all, it is dark.' }])
  reject(other)
  const report = await exportDpo()
  expect(await rows()).toEqual([['What is in the picture?', 'A cat with green eyes looks up.', 'A dog sleeps on a red sofa.']])
  expect(report).toMatchObject({ records: 1, itemRows: 1, pairs: 2 })
  expect(report.leftOut.map(({ reason, count }) => [count, String(reason)])).toEqual([
    [1, expect.stringMatching(/typing errors|typos/i)],
    [1, expect.stringMatching(/translated/)],
  ])
  expect((await validate('ms-swift', project.out)).issues).toEqual([])
})

it('turns of a conversation take no rejected draft that had other turns before it', async () => {
  const cat = await addItem(project, 'cat', [join(sampleMedia, 'cat.jpg')])
  const turn = (at: number, instruction: string, response: string) => ({ instruction, response, conversation: 0, turn: at })
  const [one = 0, two = 0] = draft(project, cat, [
    turn(0, 'What is it?', 'A cat.'),
    turn(1, 'Where does it look?', 'It looks up at a lamp.'),
  ])
  const [worse = 0, later = 0] = draft(project, cat, [
    { instruction: 'What is it?', response: 'It is a large dog.' },
    { instruction: 'Where does it look?', response: 'It looks down to the floor.' },
  ])
  accept(project, one, two)
  reject(worse)
  reject(later)
  expect(await exportDpo()).toMatchObject({ records: 1, itemRows: 1 })
  expect(await rows()).toEqual([['What is it?', 'A cat.', 'It is a large dog.']])
})

it.each(trainingFormatSchema.options)('%s asks for no more room than it takes, and refuses a disk with less', async (format) => {
  const mixed = await newMixedProject({ video: true })
  try {
    for (const frames of trainingFormats[format].limits.videoFiles ? [null, 2] : [2]) {
      const out = join(mixed.root, `${format}-${frames}`)
      const leastBytes = leastTrainingBytes(createProjectSource(mixed.db), trainingFormats[format], { kind: 'sft', frames })
      const target = { format, directory: out, choices: { frames } }
      const exportWith = (free: number) => exportForTraining(mixed, target, { freeBytes: () => Promise.resolve(free) })
      await expect(exportWith(leastBytes - 1)).rejects.toMatchObject({ code: 'disk-full', item: out })
      await expect(readdir(out)).rejects.toMatchObject({ code: 'ENOENT' })
      const report = await exportWith(leastBytes)
      const taken = report.files.reduce((sum, { bytes }) => sum + bytes, 0)
      expect(leastBytes).toBeLessThanOrEqual(taken)
      expect(leastBytes).toBeGreaterThan(taken / 3)
    }
  } finally {
    await mixed.remove()
  }
})
