import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { once } from 'node:events'
import { exportPairs } from '../../src/main/exchange/export/export'
import { mapAhead } from '../../src/main/exchange/mapAhead'
import { makeTrainingImage } from '../../src/main/media/image/trainingImage'
import { mediaPath } from '../../src/main/media/mediaPath'
import { storeMedia } from '../../src/main/media/storeMedia'
import { openProject, type Project } from '../../src/main/project/project'
import { decideMany } from '../../src/main/store/decisions/bulkDecisions'
import { saveMedia } from '../../src/main/store/library/media'
import { closeDatabase } from '../../src/main/store/sql/database'
import { prepare } from '../../src/main/store/sql/statement'
import { write } from '../../src/main/store/sql/transaction'
import { makeBigProject } from '../support/bigProject'
import { report, sizeOf } from '../support/figures'

/** Exports as large as they come, each against what it cannot be faster than. */

const pairs = sizeOf(1_000_000, 500)
const images = sizeOf(10_000, 20)
const inWords = (size: number) => size.toLocaleString('en')

// On the project's own disk: a temporary folder may be memory, where durable costs nothing.
fs.mkdirSync('out', { recursive: true })
const folder = fs.mkdtempSync(path.resolve('out/bench-large-'))

/** Seconds from the start until the first file is read back, the whole time, and the most memory in MB meanwhile. */
async function measureExport(project: Project, format: 'jsonl' | 'mimic-it') {
  globalThis.gc?.()
  const start = performance.now()
  const seconds = () => (performance.now() - start) / 1000
  let written: number | undefined
  let most = 0
  const directory = path.join(folder, format)
  await exportPairs(
    project,
    { format, directory },
    {
      onProgress: ({ step }) => {
        most = Math.max(most, process.memoryUsage.rss() / 1e6)
        if (step === 'check') written ??= seconds()
      },
    },
  )
  const whole = seconds()
  fs.rmSync(directory, { recursive: true })
  return { written: written ?? whole, whole, most }
}

/** Reads a row a pair and writes it as a line, and does nothing else. @returns seconds */
async function readAndWrite({ db }: Project): Promise<number> {
  const start = performance.now()
  const out = fs.createWriteStream(path.join(folder, 'bare.jsonl'))
  const rows = prepare(
    db,
    `SELECT candidate.id, source_id AS item, json(body) AS context, instruction, response, rationale, state, verdict, reviewer, seconds, decided_at
     FROM candidate JOIN item ON item.id = candidate.item_id JOIN context ON context.item_id = item.id JOIN pair ON pair.candidate_id = candidate.id
       JOIN decision ON decision.id = decision_id
     WHERE state IN ('accepted', 'edited') ORDER BY candidate.item_id, candidate.id`,
  )
  for (const row of rows.iterate()) if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain')
  out.end()
  await once(out, 'close')
  return (performance.now() - start) / 1000
}

async function measurePairs(): Promise<void> {
  const directory = path.join(folder, 'pairs.exemplar')
  const made = await makeBigProject(directory, { items: pairs / 5, candidates: pairs })
  decideMany(made.db, { target: { filter: {} }, verdict: 'accept', reviewer: 'bench' })
  prepare(made.db, `UPDATE candidate SET kind = 'detail'`).run()
  made.db.pragma('wal_checkpoint(TRUNCATE)')
  closeDatabase(made.db)
  const project = openProject(directory, { check: false })
  const size = inWords(pairs)
  const bare = await readAndWrite(project)
  const jsonl = await measureExport(project, 'jsonl')
  report({ name: `${size} pairs as JSONL, written`, value: pairs / jsonl.written, unit: 'rows/s', atLeast: 50_000 })
  report({ name: 'rate of that against reading and writing rows alone', value: bare / jsonl.written, unit: 'of it', atLeast: 0.5 })
  report({ name: `${size} pairs as JSONL, with the check`, value: jsonl.whole, unit: 's' })
  report({ name: 'memory of that', value: jsonl.most, unit: 'MB', atMost: 300 })
  const mimicIt = await measureExport(project, 'mimic-it')
  report({ name: `${size} pairs as MIMIC-IT with their related pairs`, value: mimicIt.whole, unit: 's', atMost: 900 })
  report({ name: 'memory of that', value: mimicIt.most, unit: 'MB', atMost: 1000 })
  closeDatabase(project.db)
}

/** Every item has an image of its own: the same photograph, with other bytes behind its end. */
async function measureImages(): Promise<void> {
  const project = await makeBigProject(path.join(folder, 'images.exemplar'), { items: images, candidates: images })
  const photograph = fs.readFileSync('resources/sample/media/coffee.jpg')
  const files = Array.from({ length: images }, (_, at) => {
    const file = path.join(folder, `${at}.jpg`)
    fs.writeFileSync(file, Buffer.concat([photograph, Buffer.from(`image ${at}`)]))
    return file
  })
  const stored: Awaited<ReturnType<typeof storeMedia>>[] = []
  for await (const media of mapAhead(files, os.availableParallelism(), (file) => storeMedia(file, project.directory))) stored.push(media)
  const items = prepare(project.db, `SELECT id FROM item ORDER BY id`).pluck().all()
  write(project.db, () => {
    for (const [at, media] of stored.entries())
      prepare(project.db, `UPDATE item_media SET media_id = ? WHERE item_id = ?`).run(saveMedia(project.db, media).id, items[at])
  })
  decideMany(project.db, { target: { filter: {} }, verdict: 'accept', reviewer: 'bench' })
  const start = performance.now()
  const encode = ({ storedName }: { storedName: string }) => makeTrainingImage(mediaPath(project.directory, storedName))
  for await (const image of mapAhead(stored, os.availableParallelism(), encode)) if (image.length === 0) throw new Error('no image')
  const alone = (performance.now() - start) / 1000
  const { written } = await measureExport(project, 'mimic-it')
  report({ name: `MIMIC-IT with ${inWords(images)} images, written`, value: images / written, unit: 'images/s' })
  report({ name: 'rate of that against encoding them on all cores', value: alone / written, unit: 'of it', atLeast: 0.8 })
  closeDatabase(project.db)
}

try {
  await measureImages()
  await measurePairs()
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}
