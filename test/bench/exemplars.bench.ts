import fs from 'node:fs'
import path from 'node:path'
import { selectExemplars } from '../../src/main/generation/prompt/selectExemplars'
import { seededRandom } from '../../src/main/generation/seededRandom'
import { createProject } from '../../src/main/project/project'
import { finishCall, startCall } from '../../src/main/store/runs/calls'
import { closeDatabase } from '../../src/main/store/sql/database'
import type { WritableDb } from '../../src/main/store/sql/types'
import { listNearestExemplars, saveEmbeddings } from '../../src/main/store/search/embeddings'
import { saveItem } from '../support/saveItem'
import { currentPromptVersion } from '../../src/main/store/project/prompts'
import { createRun, endRun } from '../../src/main/store/runs/runs'
import { prepareSimilarPool } from '../../src/main/store/search/similarPool'
import { prepare } from '../../src/main/store/sql/statement'
import { write } from '../../src/main/store/sql/transaction'
import { defaultGenerationSettings, defaultProviderSettings } from '../../src/shared/domain'
import { milliseconds, quantile, report, sizeOf } from '../support/figures'

const folder = fs.mkdtempSync(path.resolve('out/bench-exemplars-'))
const exemplars = sizeOf(10_000, 200)
const among = `among ${exemplars.toLocaleString('en')}`
const [choices, warmUp] = sizeOf([600, 100], [20, 5])
const random = seededRandom('exemplars')

/** Words as unevenly spread as those of a language are (Zipf): the first stand nearly everywhere, most of them nearly nowhere. */
const zipf = () => `w${Math.floor(20_000 ** random())}`
/** Words of a narrow subject: each is frequent. */
const uniform = () => `w${Math.floor(22 * random())}`

interface Subject {
  readonly name: string
  readonly word: () => string
  readonly captions: number
  readonly wordsInCaption: number
  readonly pairsPerItem: number
}
const subjects: readonly Subject[] = [
  { name: 'words of a language', word: zipf, captions: 5, wordsInCaption: 11, pairsPerItem: 4 },
  { name: 'words of a language, one pair an item', word: zipf, captions: 5, wordsInCaption: 11, pairsPerItem: 1 },
  { name: '22 words', word: uniform, captions: 1, wordsInCaption: 6, pairsPerItem: 1 },
]

/** Approves without a decision each: the pool is what is measured, and it reads the state alone. */
function approveAll(db: WritableDb): void {
  prepare(
    db,
    `INSERT INTO decision (candidate_id, kind, verdict, reviewer, before_state, after_state, decided_at)
     SELECT id, 'decide', 'accept', 'bench', 'pending', 'accepted', 0 FROM candidate`,
  ).run()
  prepare(db, `UPDATE candidate SET state = 'accepted', decision_id = id`).run()
}

function fill(db: WritableDb, { word, captions, wordsInCaption, pairsPerItem }: Subject): number[] {
  const sentence = (words: number) => Array.from({ length: words }, word).join(' ')
  const itemIds = write(db, () =>
    Array.from({ length: exemplars / pairsPerItem }, (_, index) => {
      const context = { captions: Array.from({ length: captions }, () => sentence(wordsInCaption)) }
      return saveItem(db, { sourceId: `item-${index}`, context, mediaIds: [] }).id
    }),
  )
  const settings = { provider: defaultProviderSettings, generation: defaultGenerationSettings }
  const run = createRun(db, { promptVersionId: currentPromptVersion(db).id, settings, itemIds })
  write(db, () => {
    for (const itemId of itemIds) {
      const callId = startCall(db, { runId: run.id, itemId, attempt: 1, messages: [], exemplarIds: [] })
      const pairs = Array.from({ length: pairsPerItem }, () => ({
        ...{ instruction: sentence(12), response: sentence(40) },
        ...{ kind: null, conversation: null, turn: null, rationale: null },
      }))
      finishCall(db, callId, { reply: '', promptTokens: 1, completionTokens: 1, pairs })
    }
    approveAll(db)
  })
  endRun(db, run.id, 'finished')
  db.pragma('optimize')
  return itemIds
}

/** Collected twice: what is held weakly, such as an earlier project's words, goes with the second. */
const heapUsed = async () => {
  globalThis.gc?.()
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc?.()
  const { heapUsed: heap, arrayBuffers } = process.memoryUsage()
  return (heap + arrayBuffers) / 2 ** 20
}

/** What the first choice has to read: how long that takes, for how long at a time nothing else gets its turn, and what it keeps. */
async function measurePool(db: WritableDb, name: string): Promise<void> {
  const before = await heapUsed()
  const start = performance.now()
  let [longest, last, ended] = [0, start, false]
  const watch = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (!ended) setImmediate(watch)
  }
  setImmediate(watch)
  await prepareSimilarPool(db)
  const total = performance.now() - start
  ended = true
  watch()
  report({ name: `${name}, words read the first time`, value: total, unit: 'ms' })
  report({ name: `${name}, longest turn of that`, value: longest, unit: 'ms', atMost: 100 })
  report({ name: `${name}, memory of the words`, value: (await heapUsed()) - before, unit: 'MB', atMost: 20 })
}

function measureChoices(name: string, itemIds: readonly number[], choose: (itemId: number) => unknown): void {
  // The best of three: what else the machine does at the time is not what is measured.
  const times = Array.from({ length: choices }, (_, index) => {
    const itemId = itemIds[(index * 7919) % itemIds.length] ?? 1
    return Math.min(...Array.from({ length: 3 }, () => milliseconds(() => choose(itemId))))
  }).slice(warmUp)
  report({ name: `${name}, median`, value: quantile(times, 0.5), unit: 'ms', atMost: 10 })
  report({ name: `${name}, 95th percentile`, value: quantile(times, 0.95), unit: 'ms', atMost: 10 })
}

const unitVector = (length: number) => {
  const vector = Float32Array.from({ length }, () => random() - 0.5)
  const size = Math.hypot(...vector)
  return vector.map((each) => each / size)
}

for (const [at, subject] of subjects.entries()) {
  const { db } = createProject(path.join(folder, `pool-${at}.exemplar`), 'la')
  try {
    const itemIds = fill(db, subject)
    await measurePool(db, `exemplars ${among}, ${subject.name}`)
    for (const policy of ['similar', 'diverse'] as const) {
      const settings = { ...defaultGenerationSettings.exemplars, fill: policy }
      measureChoices(`exemplars by policy “${policy}” ${among}, ${subject.name}`, itemIds, (itemId) =>
        selectExemplars(db, settings, { itemId }),
      )
    }
    if (subject.pairsPerItem === 1 && subject.word === zipf) {
      const model = 'bench'
      saveEmbeddings(
        db,
        model,
        itemIds.map((itemId) => ({ itemId, vector: unitVector(256) })),
      )
      measureChoices(`exemplars by embeddings of 256 numbers ${among}`, itemIds, (itemId) =>
        listNearestExemplars(db, { itemId, model, limit: 64 }),
      )
    }
  } finally {
    closeDatabase(db)
  }
}
fs.rmSync(folder, { recursive: true, force: true })
