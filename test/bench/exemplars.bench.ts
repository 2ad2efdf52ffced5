import fs from 'node:fs'
import path from 'node:path'
import { selectExemplars } from '../../src/main/generation/selectExemplars'
import { seededRandom } from '../../src/main/generation/seededRandom'
import { createProject } from '../../src/main/project/project'
import { finishCall, startCall } from '../../src/main/store/calls'
import { closeDatabase, type Database } from '../../src/main/store/database'
import { saveItem } from '../../src/main/store/items'
import { currentPromptVersion } from '../../src/main/store/prompts'
import { createRun, endRun } from '../../src/main/store/runs'
import { prepare } from '../../src/main/store/statement'
import { write } from '../../src/main/store/transaction'
import { defaultGenerationSettings, defaultProviderSettings } from '../../src/shared/domain'
import { milliseconds, quantile, report } from '../support/figures'

const folder = fs.mkdtempSync(path.resolve('out/bench-exemplars-'))
const exemplars = 10_000
const pairsPerItem = 4
const random = seededRandom('exemplars')

/** Words as unevenly spread as those of a language are (Zipf): the first stand nearly everywhere, most of them nearly nowhere. */
const word = () => `w${Math.floor(20_000 ** random())}`
const sentence = (words: number) => Array.from({ length: words }, word).join(' ')

/** Approves without a decision each: the pool is what is measured, and it reads the state alone. */
function approveAll(db: Database): void {
  prepare(
    db,
    `INSERT INTO decision (candidate_id, kind, verdict, reviewer, before_state, after_state, decided_at)
     SELECT id, 'decide', 'accept', 'bench', 'pending', 'accepted', 0 FROM candidate`,
  ).run()
  prepare(db, `UPDATE candidate SET state = 'accepted', decision_id = id`).run()
}

function fill(db: Database): number[] {
  const itemIds = write(db, () =>
    Array.from({ length: exemplars / pairsPerItem }, (_, index) => {
      const context = { captions: Array.from({ length: 5 }, () => sentence(11)) }
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

const { db } = createProject(path.join(folder, 'pool.exemplar'), 'la')
try {
  const itemIds = fill(db)
  for (const policy of ['similar', 'diverse'] as const) {
    const settings = { ...defaultGenerationSettings.exemplars, fill: policy }
    const times = Array.from({ length: 400 }, (_, index) =>
      milliseconds(() => selectExemplars(db, settings, { itemId: itemIds[(index * 7919) % itemIds.length] ?? 1 })),
    ).slice(100)
    const name = `exemplars by policy “${policy}” among 10,000`
    report({ name: `${name}, median`, value: quantile(times, 0.5), unit: 'ms', atMost: 10 })
    report({ name: `${name}, 95th percentile`, value: quantile(times, 0.95), unit: 'ms', atMost: 10 })
  }
} finally {
  closeDatabase(db)
  fs.rmSync(folder, { recursive: true, force: true })
}
