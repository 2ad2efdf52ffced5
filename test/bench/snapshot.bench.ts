import fs from 'node:fs'
import path from 'node:path'
import { createSnapshot } from '../../src/main/exchange/snapshot/createSnapshot'
import { joinNearIdentical } from '../../src/main/media/neighbours/nearIdentical'
import type { ImageLook } from '../../src/main/media/neighbours/imageLook'
import { seededRandom } from '../../src/main/generation/seededRandom'
import { closeProject, openProject, type Project } from '../../src/main/project/project'
import { decideMany } from '../../src/main/store/decisions/bulkDecisions'
import { decide } from '../../src/main/store/decisions/decisions'
import { saveLooks } from '../../src/main/store/library/looks'
import { diffSnapshots, listDifferences } from '../../src/main/store/snapshots/diffSnapshots'
import { prepare } from '../../src/main/store/sql/statement'
import { prepareLongStep, write } from '../../src/main/store/sql/transaction'
import { makeBigProject } from '../support/bigProject'
import { milliseconds, report, sizeOf } from '../support/figures'
import { temporaryDirectory } from '../support/temporaryProject'

const sizes = sizeOf([500_000, 1_000_000], [1_000, 2_000])
const pairsOfItem = 5
const inWords = (size: number) => size.toLocaleString('en')
const shares = { train: 80, validation: 10, test: 10 }

/** Looks as a data set has them: most images differ, and one in twenty is nearly that of another. */
function makeLooks(count: number): ImageLook[] {
  const random = seededRandom('looks')
  const half = () => Math.floor(random() * 2 ** 32)
  const looks: ImageLook[] = []
  for (let at = 0; at < count; at++) {
    const earlier = at > 20 && at % 20 === 0 ? looks[at - 7] : undefined
    const colors = Uint8Array.from({ length: 48 }, () => random() * 256)
    looks.push(earlier ? { ...earlier, low: (earlier.low ^ 5) >>> 0 } : { high: half(), low: half(), colors })
  }
  return looks
}

/** Gives each item an image of its own, whose look is known: to decode a million files is no work of a snapshot. */
function giveImages({ db }: Project, items: number): void {
  write(db, () => {
    prepare(
      db,
      `INSERT INTO media (id, sha256, file_name, stored_name, kind, mime, bytes, width, height, created_at)
       SELECT id + 1000, printf('%064x', id), id || '.jpg', id || '.jpg', 'image', 'image/jpeg', 1000, 640, 480, 0 FROM item`,
    ).run()
    prepare(db, `UPDATE item_media SET media_id = item_id + 1000`).run()
    prepare(db, `INSERT INTO candidate_language (candidate_id, language) SELECT id, 'en' FROM candidate`).run()
  })
  saveLooks(
    db,
    makeLooks(items).map((look, at) => ({ mediaId: at + 1001, look })),
  )
}

async function measure(size: number): Promise<{ create: number; diff: number }> {
  const directory = path.join(temporaryDirectory(), 'big.exemplar')
  const made = await makeBigProject(directory, { items: size / pairsOfItem, candidates: size })
  giveImages(made, size / pairsOfItem)
  prepareLongStep(made.db)
  decideMany(made.db, { target: { filter: {} }, verdict: 'accept', reviewer: 'Ada' })
  made.db.pragma('wal_checkpoint(TRUNCATE)')
  closeProject(made)

  const create = async (name: string) => {
    globalThis.gc?.()
    const project = openProject(directory, { check: false })
    prepareLongStep(project.db)
    const start = performance.now()
    const before = process.cpuUsage()
    const snapshot = await createSnapshot(project, { name, filter: {}, shares, seed: 1 }, { createdBy: 'Ada' })
    const seconds = (performance.now() - start) / 1000
    const { user, system } = process.cpuUsage(before)
    project.db.pragma('wal_checkpoint(TRUNCATE)')
    closeProject(project)
    return { seconds, work: (user + system) / 1e6, snapshot }
  }
  const first = await create('first')
  report({ name: `snapshot of ${inWords(size)} pairs, split by media`, value: first.seconds, unit: 's', ...limit(size, 10) })
  report({ name: `snapshot of ${inWords(size)} pairs, processor time`, value: first.work, unit: 's' })
  const { train } = first.snapshot.facts.counts.splits
  report({ name: `share of train among ${inWords(size)} pairs`, value: (100 * train.pairs) / size, unit: '%', atLeast: 79.9 })

  const project = openProject(directory, { check: false })
  for (let id = 1; id <= 500; id++)
    decide(project.db, {
      candidateId: id,
      verdict: 'edit',
      pair: { instruction: `What ${id}?`, response: 'A lamp.' },
      reviewer: 'Bo',
      seconds: 1,
    })
  closeProject(project)
  const second = await create('second')
  report({ name: `second snapshot of ${inWords(size)} pairs`, value: second.seconds, unit: 's', ...limit(size, 10) })

  const read = openProject(directory, { check: false, reading: true })
  const two = { before: first.snapshot.id, after: second.snapshot.id }
  let changed = 0
  const diff = milliseconds(() => (changed = diffSnapshots(read.db, two).changed)) / 1000
  if (changed !== 500) throw new Error(`${changed} pairs differ, not 500`)
  report({ name: `difference of two snapshots of ${inWords(size)} pairs`, value: diff, unit: 's', ...limit(size, 5) })
  const page = milliseconds(() => listDifferences(read.db, two, { cursor: null, limit: 200 })) / 1000
  report({ name: `a page of the difference, of ${inWords(size)} pairs`, value: page, unit: 's', ...limit(size, 5) })
  closeProject(read)
  fs.rmSync(path.dirname(directory), { recursive: true, force: true })
  return { create: first.work, diff }
}

const limit = (size: number, atMost: number) => (size === sizes.at(-1) ? { atMost } : {})

/** What nothing in common costs, and what plain areas of one color cost, which have one fingerprint. */
function measureLooks(): void {
  const count = sizeOf(200_000, 2_000)
  const plain = makeLooks(count).map(({ colors }): ImageLook => ({ high: 0, low: 0, colors }))
  for (const [name, looks] of [
    ['photographs', makeLooks(count)],
    ['plain areas', plain],
  ] as const)
    report({
      name: `comparison of ${inWords(count)} ${name}`,
      value: milliseconds(() => joinNearIdentical(looks, () => undefined)) / 1000,
      unit: 's',
    })
}

measureLooks()
const taken = []
for (const size of sizes) taken.push(await measure(size))
const [half, whole] = taken
if (half && whole) {
  report({ name: 'snapshot: work for twice as many pairs', value: whole.create / half.create, unit: 'times', atMost: 2.4 })
  report({ name: 'difference: time for twice as many pairs', value: whole.diff / half.diff, unit: 'times', atMost: 3 })
}
