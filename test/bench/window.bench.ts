import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../tools/runtime/paths.mjs'
import { closeDatabase } from '../../src/main/store/sql/database'
import { blankApp, decideByKey, openReview, startUntil } from '../support/benchWindow'
import { makeBigProject } from '../support/bigProject'
import { quantile, report, sizeOf } from '../support/figures'

const folder = fs.mkdtempSync(path.resolve('out/bench-window-'))
const directory = path.join(folder, 'big.exemplar')
const candidates = sizeOf(100_000, 1000)
const size = `${candidates.toLocaleString('en')} candidates`
const decisions = sizeOf(500, 20)
const starts = sizeOf(10, 2)

try {
  const project = await makeBigProject(directory, { items: candidates / 10, candidates })
  closeDatabase(project.db)
  await measureStart()
  await measureReview()
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

async function measureStart(): Promise<void> {
  const blank = blankApp(folder)
  const times = { blank: [] as number[], project: [] as number[], image: [] as number[] }
  const users = { blank: path.join(folder, 'user-blank'), project: path.join(folder, 'user-project') }
  for (const user of Object.values(users)) fs.mkdirSync(user)
  for (let round = 0; round < starts; round++) {
    times.blank.push(await startUntil('body', [blank], users.blank))
    times.project.push(await startUntil('[data-item]', [root, directory], users.project))
    times.image.push(await startUntil('[data-item] img', [root, directory], users.project))
  }
  // The first start of each fills caches of the system.
  const [blankStart, projectStart, imageStart] = [times.blank, times.project, times.image].map((all) => quantile(all.slice(1), 0.5)) as [
    number,
    number,
    number,
  ]
  report({ name: 'start of a blank Electron window, median', value: blankStart, unit: 'ms' })
  report({ name: `start of the window with ${size} until its items are painted, median`, value: projectStart, unit: 'ms' })
  report({
    name: `start of the window with ${size} until the first thumbnail is painted, median`,
    value: imageStart,
    unit: 'ms',
  })
  report({ name: `start with ${size} against a blank window`, value: projectStart / blankStart, unit: '×', atMost: 1.5 })
}

async function measureReview(): Promise<void> {
  const userData = path.join(folder, 'user-review')
  fs.mkdirSync(userData)
  const { app, page } = await openReview(directory, userData)
  const { times, memory } = await decideByKey(app, page, decisions)
  await app.close()
  report({ name: `key press to next pair painted at ${size}, median`, value: quantile(times, 0.5), unit: 'ms' })
  report({
    name: `key press to next pair painted at ${size}, 95th percentile`,
    value: quantile(times, 0.95),
    unit: 'ms',
    atMost: 50,
  })
  report({ name: `main process after ${decisions} decisions in ${size}, resident`, value: Math.max(...memory), unit: 'MB', atMost: 250 })
  const half = memory.length / 2
  const growth = quantile(memory.slice(half), 0.5) - quantile(memory.slice(0, half), 0.5)
  report({
    name: `growth of the main process from the first to the last ${decisions / 2} decisions`,
    value: Math.max(growth, 0.1),
    unit: 'MB',
    atMost: 10,
  })
}
