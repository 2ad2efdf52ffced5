import fs from 'node:fs'
import path from 'node:path'
import { decideCommand } from '../../src/main/commands/decide'
import { exportPairs } from '../../src/main/exchange/export/export'
import { countStripped, exceedsTokenLimit, loadTokenCounter } from '../../src/main/exchange/export/mimicIt/validate/otterText'
import { seededRandom } from '../../src/main/generation/seededRandom'
import type { Fingerprint } from '../../src/main/media/neighbours/fingerprint'
import { openProject } from '../../src/main/project/project'
import { createImageNeighbours } from '../../src/main/retrieval/imageNeighbours'
import { createTextNeighbours } from '../support/textNeighbours'
import { closeDatabase } from '../../src/main/store/sql/database'
import { makeBigProject } from '../support/bigProject'
import { report, sizeOf } from '../support/figures'
import { makeTexts, nearestByAll, recallOf, textSets, type TextSet } from '../support/textSets'

const count = 10
const sizes = sizeOf([25_000, 50_000, 100_000], [200, 400])
const inWords = (size: number) => size.toLocaleString('en')

/** Twice as many may take this many times as long. */
const maxGrowth = 2.2

interface Taken {
  readonly seconds: number
  /** of the processor: what other programs do meanwhile counts less */
  readonly work: number
}

async function take(work: () => unknown): Promise<Taken> {
  globalThis.gc?.()
  const start = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - start) / 1000, work: (user + system) / 1e6 }
}

/** Tells how long each size took, and how the work grew. */
function tellGrowth(name: string, taken: ReadonlyMap<number, Taken>, limits: Readonly<Record<number, number>> = {}): void {
  let before: Taken | undefined
  for (const [size, each] of taken) {
    const atMost = limits[size]
    report({ name: `${name}, ${inWords(size)}`, value: each.seconds, unit: 's', ...(atMost === undefined ? {} : { atMost }) })
    if (before)
      report({
        name: `${name}, work for ${inWords(size)} to half as many`,
        value: each.work / before.work,
        unit: 'times',
        atMost: maxGrowth,
      })
    before = each
  }
}

/** What the check of a set makes of a text of 10 MB without a space. */
async function measureLongText(): Promise<void> {
  const tokens = await loadTokenCounter()
  for (const unit of ['a', '漢', ':']) {
    const text = unit.repeat(sizeOf(10_000_000, 100_000) / Buffer.byteLength(unit))
    const { seconds: value } = await take(() => [
      countStripped(text, new Set()),
      exceedsTokenLimit([tokens({ instruction: text, answer: text })]),
    ])
    report({ name: `check of a text of 10 MB, all “${unit}”`, value, unit: 's', atMost: 2 })
  }
}

async function measureTexts(set: TextSet): Promise<void> {
  const taken = new Map<number, Taken>()
  for (const size of sizes) {
    const texts = makeTexts(set, size, 10)
    const value = await take(() => {
      const neighbours = createTextNeighbours(texts)
      for (const place of neighbours.inAskingOrder()) neighbours.nearestTo(place, count)
    })
    taken.set(size, value)
  }
  tellGrowth(`ten similar texts of each, ${set}`, taken, { 50_000: 60 })
}

/** How many of the nearest that a look at all finds are found, from all over a set. */
function measureRecall(set: TextSet): void {
  const size = sizeOf(50_000, 500)
  const texts = makeTexts(set, size, 10)
  const neighbours = createTextNeighbours(texts)
  const places = Array.from({ length: 100 }, (_, at) => Math.min(size - 1, at * (size / 100) + (at % 10)))
  const found = places.map((place) => neighbours.nearestTo(place, count))
  const value = recallOf(found, nearestByAll(texts, places, count))
  report({ name: `recall of ten similar texts among ${inWords(size)}, ${set}`, value, unit: 'of all', atLeast: 0.95 })
}

/** Images as a data set has them, some scenes taken again and again, and such as are alike by chance alone. */
async function measureImages(): Promise<void> {
  const random = seededRandom('images')
  const half = () => Math.floor(random() * 2 ** 32)
  const any = (): Fingerprint => ({ high: half(), low: half() })
  const bit = () => 1 << Math.floor(random() * 32)
  const sets = {
    'of some scenes': (size: number) => {
      const scenes = Array.from({ length: size / 20 }, any)
      return Array.from({ length: size }, (_, at): Fingerprint => {
        const { high, low } = scenes[at % scenes.length] ?? any()
        return { high: (high ^ bit() ^ bit() ^ bit()) >>> 0, low: (low ^ bit() ^ bit() ^ bit()) >>> 0 }
      })
    },
    'of nothing in common': (size: number) => Array.from({ length: size }, any),
  }
  for (const [name, make] of Object.entries(sets)) {
    const taken = new Map<number, Taken>()
    for (const size of sizes) {
      const prints = make(size)
      const value = await take(() => {
        const neighbours = createImageNeighbours(prints)
        for (const place of prints.keys()) neighbours.nearestTo(place, count)
      })
      taken.set(size, value)
    }
    tellGrowth(`ten similar images of each, ${name}`, taken, { 50_000: 60 })
  }
}

/** Decides on every pair of a project as the command line does, then exports them in both formats, which reads the sets back. */
async function measureProjects(): Promise<void> {
  // On the project's own disk: a temporary folder may be memory, where durable costs nothing.
  fs.mkdirSync('out', { recursive: true })
  const folder = fs.mkdtempSync(path.resolve('out/bench-export-'))
  const [decided, jsonl, turns, similar] = Array.from({ length: 4 }, () => new Map<number, Taken>())
  try {
    for (const size of sizeOf([25_000, 50_000], [200, 400])) {
      const directory = path.join(folder, `${size}.exemplar`)
      closeDatabase((await makeBigProject(directory, { items: size / 10, candidates: size })).db)
      const file = path.join(folder, `${size}.decisions.jsonl`)
      const line = (candidate: number) => `${JSON.stringify({ candidate, verdict: 'accept', reviewer: 'bench' })}\n`
      fs.writeFileSync(file, Array.from({ length: size }, (_, at) => line(at + 1)).join(''))
      const { signal } = new AbortController()
      const terminal = { directory: folder, environment: {}, out: () => undefined, error: console.error, signal }
      decided?.set(size, await take(() => decideCommand(terminal, directory, { file })))
      const project = openProject(directory, { check: false })
      const write = (format: 'jsonl' | 'mimic-it', out: string) => exportPairs(project, { format, directory: path.join(folder, out) })
      jsonl?.set(size, await take(() => write('jsonl', `${size}-jsonl`)))
      // Six images: a sixth of all pairs are turns about each.
      turns?.set(size, await take(() => write('mimic-it', `${size}-turns`)))
      project.db.exec(`UPDATE candidate SET kind = 'detail'`)
      similar?.set(size, await take(() => write('mimic-it', `${size}-similar`)))
      closeDatabase(project.db)
      fs.rmSync(directory, { recursive: true })
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
  tellGrowth('decide --file, lines', decided ?? new Map(), { 50_000: 5 })
  tellGrowth('JSONL export with its check, pairs', jsonl ?? new Map(), { 50_000: 3 })
  tellGrowth('MIMIC-IT export with its check, turns of few images', turns ?? new Map(), { 50_000: 60 })
  tellGrowth('MIMIC-IT export with its check, similar pairs', similar ?? new Map(), { 50_000: 60 })
}

await measureLongText()
for (const set of ['zipf', 'nearly the same, some words changed', 'identical'] as const) await measureTexts(set)
for (const set of Object.keys(textSets) as TextSet[]) measureRecall(set)
await measureImages()
await measureProjects()
