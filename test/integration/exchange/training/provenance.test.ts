import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createCardFacts, countWords, loadLanguageDetector } from '../../../../src/main/exchange/export/card/cardFacts'
import { readProjectFacts } from '../../../../src/main/exchange/export/card/projectFacts'
import { limitsOf, renderCard } from '../../../../src/main/exchange/export/card/renderCard'
import { cardMarks } from '../../../../src/main/exchange/export/card/mergeCard'
import { createProjectSource } from '../../../../src/main/exchange/export/pairSource'
import { readConversations } from '../../../../src/main/exchange/export/training/projectSource'
import { saveLanguages } from '../../../../src/main/store/candidates/languages'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { storeVerdict } from '../../../../src/main/store/quality/secondReviews'
import { recordStatements } from '../../../support/recordStatements'
import type { Loose } from '../../../support/damageSet'
import { setQuality } from '../../../support/desk'
import { addItem, draft, newExportProject, sampleMedia, somePairs, type TestProject } from '../../../support/exportProject'
import { exportProject } from '../../../support/trainingSet'

let project: TestProject
beforeEach(async () => {
  project = await newExportProject('custom', 'Harbour')
})
afterEach(() => project.remove())

async function addDecided() {
  const { db } = project
  setQuality(project, { secondLook: { edited: true }, exportWaiting: true })
  const license = { license: 'CC BY 4.0', coco_url: 'http://images.cocodataset.org/cat.jpg' }
  const cat = await addItem(project, 'cat', [join(sampleMedia, 'cat.jpg')], license)
  const [one = 0, two = 0] = draft(project, cat, [
    { instruction: 'What is it?', response: 'A dog.' },
    { instruction: 'Where is it?', response: 'In a house.' },
  ])
  decide(db, { candidateId: one, verdict: 'accept', reviewer: 'Ada', seconds: 1 })
  decide(db, {
    ...{ candidateId: one, verdict: 'edit', reviewer: 'Ada', seconds: 2 },
    pair: { instruction: 'What is it?', response: 'A cat with green eyes.' },
  })
  decide(db, { candidateId: two, verdict: 'accept', reviewer: 'Ada', seconds: 3 })
  storeVerdict(db, {
    ...{ candidateId: one, verdict: 'accept', reviewer: 'Bo', seconds: 4 },
  })
  saveLanguages(db, [{ id: one, text: 'What is it?\nA cat with green eyes.', language: 'en' }])
  return { one, two }
}

async function provenance(options: { rawReplies?: boolean } = {}): Promise<Loose[]> {
  await exportProject(project, 'llamafactory', options)
  const text = await readFile(join(project.out, 'provenance.jsonl'), 'utf8')
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as Loose) // prettier-ignore
}

describe('provenance', () => {
  it('traces a pair to its source, reply, edits and second review', async () => {
    const { one } = await addDecided()
    const [row = {}] = await provenance()
    expect(row['source']).toEqual({
      ...{ license: 'CC BY 4.0', licenseUrl: null, url: 'http://images.cocodataset.org/cat.jpg', credit: null },
    })
    const reply = '{}'
    expect(row['pairs'][0]).toMatchObject({
      ...{ candidate: one, state: 'edited', reviewer: 'Ada', language: 'en', promptVersion: 1 },
      reply: { call: 1, sha256: createHash('sha256').update(reply).digest('hex') },
      draft: { instruction: 'What is it?', response: 'A dog.' },
      history: [
        { kind: 'decide', verdict: 'accept', reviewer: 'Ada' },
        { kind: 'decide', verdict: 'edit', reviewer: 'Ada', response: 'A cat with green eyes.' },
      ],
      secondReviews: [{ verdict: 'edit', reviewer: 'Bo', outcome: 'agreed', response: 'A cat with green eyes.' }],
      attentionChecks: {},
    })
    expect(row['pairs'][0].reply).not.toHaveProperty('text')
    expect((await provenance({ rawReplies: true }))[0]?.['pairs'][0].reply.text).toBe(reply)
  })

  it('is read a page at a time, whatever the number of pairs', async () => {
    const ids: number[] = []
    for (let at = 0; at < 6; at++) ids.push(...draft(project, await addItem(project, `item ${at}`, []), somePairs(20, `thing ${at}`)))
    for (const candidateId of ids) decide(project.db, { candidateId, verdict: 'accept', reviewer: 'Ada', seconds: 1 })
    const read = async () => {
      for await (const { pairs } of readConversations(project, { kind: 'sft', system: null, source: createProjectSource(project.db) }))
        expect(pairs).toHaveLength(1)
    }
    const statements = await recordStatements(project.db, read)
    expect(statements.length).toBeGreaterThan(0)
    expect(statements.length).toBeLessThan(40)
  })
})

describe('the card', () => {
  const readCard = async () => {
    const facts = createCardFacts(await loadLanguageDetector())
    for await (const conversation of readConversations(project, { kind: 'sft', system: null, source: createProjectSource(project.db) }))
      facts.add(conversation)
    return { facts: facts.read(), project: readProjectFacts(project.db) }
  }

  it('is counted from the pairs and the project', async () => {
    await addDecided()
    const [pending = 0] = draft(project, await addItem(project, 'words', []), somePairs(1, 'word'))
    expect(pending).toBeGreaterThan(0)
    const { facts, project: counted } = await readCard()
    expect(facts).toMatchObject({
      ...{ items: 1, images: 1, pairs: 2, accepted: 1, edited: 1, reviewedTwice: 1, reviewers: 2 },
      responseWords: { min: 3, median: 3, max: 5 },
      licenses: [{ name: 'CC BY 4.0', count: 1 }],
      hosts: [{ name: 'images.cocodataset.org', count: 1 }],
      models: [{ name: expect.any(String), count: 2 }],
    })
    expect(counted).toMatchObject({ counts: { accepted: 1, edited: 1, pending: 1 }, agreement: { pairs: 1 } })
    expect(limitsOf(facts, counted).join('\n')).toMatch(/1 drafted pairs of the project \(33\.3 %\) are not reviewed/)
    const about = { license: 'CC BY 4.0', url: null, creator: 'Harbour | <b>' }
    const card = renderCard({ about, facts, project: counted, generator: 'Exemplar' })
    expect(parse(card.yaml, { version: '1.1' })).toMatchObject({ license: 'cc-by-4.0', pretty_name: 'Harbour | <b>', language: ['en'], size_categories: ['n<1K'] }) // prettier-ignore
    expect(card.text).toContain('| edited | 1 (50.0 %) |')
    expect(card.text).not.toContain('<b>')
    expect(renderCard({ about, facts, project: counted, generator: 'Exemplar' })).toEqual(card)
  })

  it("of hugging-face is written anew around the lead's lines", async () => {
    await addDecided()
    const file = join(project.out, 'README.md')
    await exportProject(project, 'hugging-face', { license: 'mit' })
    const first = await readFile(file, 'utf8')
    await exportProject(project, 'hugging-face', { license: 'mit' })
    expect(await readFile(file, 'utf8')).toBe(first)
    await writeFile(file, first.replace(cardMarks.yaml.end, `${cardMarks.yaml.end}\ntags: [harbour]`).concat('\nMade by us all.\n'))
    const report = await exportProject(project, 'hugging-face', { license: 'mit' })
    const again = await readFile(file, 'utf8')
    expect(again).toContain('Made by us all.')
    expect(parse(/^---\n([\s\S]*?)\n---/.exec(again)?.[1] ?? '')).toMatchObject({ tags: ['harbour'], license: 'mit' })
    expect(report.validation.issues).toEqual([])
  })

  it.each([
    ['Two boats lie in the harbour.', 6],
    ["It's a well-known café, n'est-ce pas?", 6],
    ['', 0],
    ['1 234 and 5', 4],
  ])('counts the words of %s', (text, words) => {
    expect(countWords(text)).toBe(words)
  })

  it('counts words in scripts without spaces', () => expect(countWords('港に船が二隻あります。')).toBeGreaterThan(4))
})
