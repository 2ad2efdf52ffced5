import { type ElectronApplication, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../../tools/runtime/paths.mjs'
import { closeDatabase } from '../../src/main/store/sql/database'
import { blankApp, decideByKey, openReview, startUntil } from '../support/benchWindow'
import { makeBigProject } from '../support/bigProject'
import { quantile, report, sizeOf } from '../support/figures'

/** The review desk in the real window, in a project as large as they come. */

const folder = fs.mkdtempSync(path.resolve('out/bench-review-'))
const directory = path.join(folder, 'big.exemplar')
const candidates = sizeOf(1_000_000, 1000)
const decisions = sizeOf(1000, 20)
/** how often each search and count is asked for */
const rounds = sizeOf(4, 1)
const starts = sizeOf(8, 2)
const openings = sizeOf(6, 1)
/** milliseconds that a blank window takes to start */
let blankWindow = Number.NaN
const size = `${candidates.toLocaleString('en')} candidates`

try {
  const project = await makeBigProject(directory, { items: candidates / 10, candidates })
  closeDatabase(project.db)
  const userData = path.join(folder, 'user')
  fs.mkdirSync(userData)
  await measureDesk(userData)
  await measureStart(userData)
  await measureOpen(userData)
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

async function measureDesk(userData: string): Promise<void> {
  const { app, page } = await openReview(directory, userData)
  await measureKeys(app, page)
  await measureTyping(page)
  await measureFinding(page)
  await measureTable(page)
  await measureGrid(page)
  await measureBulk(page)
  await app.close()
}

async function measureKeys(app: ElectronApplication, page: Page): Promise<void> {
  const { times, memory, shift } = await decideByKey(app, page, decisions)
  report({ name: `key press to next pair painted at ${size}, 95th percentile`, value: quantile(times, 0.95), unit: 'ms', atMost: 33 })
  report({ name: `key press to next pair painted at ${size}, 99th percentile`, value: quantile(times, 0.99), unit: 'ms', atMost: 50 })
  report({ name: `layout shift after the paint of a pair, over ${decisions} decisions`, value: shift, unit: 'score', atMost: 0.001 })
  const half = memory.length / 2
  const growth = quantile(memory.slice(half), 0.5) - quantile(memory.slice(0, half), 0.5)
  report({
    name: `growth of the main process over ${decisions} decisions at ${size}, second half against first`,
    value: Math.max(growth, 0.1),
    unit: 'MB',
    atMost: 10,
  })
}

/** In the page: how long each letter keeps the page busy: from its key until the text has taken it, and while the frame is made that shows it. */
function watchLetters(): void {
  const times: number[] = []
  Object.assign(window, { benchLetters: times })
  let pressed = 0
  addEventListener('keydown', (event) => (pressed = event.timeStamp), { capture: true })
  addEventListener('input', () => {
    const taken = performance.now() - pressed // the page has drawn by now: it does so before other listeners are called
    requestAnimationFrame((begun) => {
      const from = Math.max(begun, performance.now())
      // comes directly after the frame
      void scheduler.postTask(() => times.push(taken + performance.now() - from), { priority: 'user-blocking' })
    })
  })
}

async function measureTyping(page: Page): Promise<void> {
  await page.evaluate(watchLetters)
  await page.keyboard.press('e')
  await page.locator('[data-pair] textarea').first().waitFor()
  const text = 'The lamp beside the window is lit, although the sun has not gone down yet; somebody expects a guest. '
  for (const letter of text.repeat(3).slice(0, sizeOf(undefined, 20))) {
    await page.keyboard.press(letter === ' ' ? 'Space' : letter)
    await page.waitForTimeout(33) // as fast as a key that is held down repeats
  }
  const letters = await page.evaluate(() => (window as unknown as { benchLetters: number[] }).benchLetters)
  report({ name: `typing echo at ${size}, 95th percentile`, value: quantile(letters, 0.95), unit: 'ms', atMost: 16 })
  // The first Escape may belong to the list of spellings.
  for (let press = 0; press < 3 && (await page.locator('[data-pair] textarea').count()) > 0; press++) {
    await page.keyboard.press('Escape')
    await page.waitForTimeout(300)
  }
}

/** A call of the window: what it gives, and the milliseconds that it takes, there and back. */
function timedCall(page: Page, name: string, input: unknown): Promise<{ value: unknown; took: number }> {
  return page.evaluate(
    async ([called, given]) => {
      type Answer = { ok: boolean; value: unknown }
      const bridge = (window as unknown as { exemplar: { call(name: string, input: unknown): Promise<Answer> } }).exemplar
      const from = performance.now()
      const { ok, value } = await bridge.call(called as string, given)
      if (!ok) throw new Error(`${String(called)} failed`)
      return { value, took: performance.now() - from }
    },
    [name, input] as const,
  )
}

async function callTime(page: Page, name: string, input: unknown): Promise<number> {
  return (await timedCall(page, name, input)).took
}

async function measureFinding(page: Page): Promise<void> {
  const pending = { states: ['pending'] }
  const searches: number[] = []
  for (const query of [
    'l',
    'la',
    'lam',
    'lamp',
    'w',
    'wo',
    'woman',
    'woman su',
    'woman suit',
    'p',
    'pal',
    'palace gate',
    '77',
    'number 77',
    'xyzzy',
  ])
    for (let round = 0; round < rounds; round++)
      searches.push(await callTime(page, 'candidate.page', { filter: { ...pending, query }, after: null, limit: 50 }))
  report({ name: `search as one types at ${size}, 95th percentile`, value: quantile(searches, 0.95), unit: 'ms', atMost: 50 })
  const filters = [
    { ...pending, promptVersionId: 1 },
    { states: ['accepted', 'ignored'] },
    { ...pending, runId: 1, query: 'lamp' },
    { states: ['accepted'], reviewer: 'reviewer' },
    { flagged: 'any' },
    { ...pending, itemId: 5 },
    { ...pending, query: 'palace gate' },
  ]
  const counts: number[] = []
  for (const filter of filters)
    for (let round = 0; round < rounds; round++) counts.push(await callTime(page, 'candidate.found', { filter }))
  report({ name: `count of a combined filter at ${size}, 95th percentile`, value: quantile(counts, 0.95), unit: 'ms', atMost: 200 })
}

/** The longest frame in milliseconds while a grid or table is scrolled by the wheel, by one notch a frame, by several, and by screens. */
async function scrollFrames(page: Page): Promise<number> {
  const box = await page.getByRole('grid').first().boundingBox()
  if (!box) throw new Error('no grid')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(() => {
    const frames: number[] = []
    Object.assign(window, { benchFrames: frames })
    let last = performance.now()
    const tick = (now: number) => {
      frames.push(now - last)
      last = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  const turns = sizeOf(150, 10)
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, [120, 400, 3000][Math.floor((3 * turn) / turns)] ?? 0)
    await page.waitForTimeout(16)
  }
  const frames = await page.evaluate(() => (window as unknown as { benchFrames: number[] }).benchFrames)
  return Math.round(Math.max(...frames.slice(2))) // frames last whole multiples of 16.7 ms at 60 Hz
}

async function measureTable(page: Page): Promise<void> {
  await page.keyboard.press('t')
  await page.getByRole('grid').first().getByRole('row').nth(5).waitFor()
  report({ name: `longest frame while the table of ${size} scrolls`, value: await scrollFrames(page), unit: 'ms', atMost: 33 })
  await page.keyboard.press('t')
}

/** In the page: notes for every key when the card that it led to was painted. */
function watchCards(): void {
  const times: number[] = []
  Object.assign(window, { benchCards: times })
  let pressed: number | null = null
  addEventListener('keydown', (event) => (pressed = event.timeStamp), { capture: true })
  new MutationObserver(() => {
    const from = pressed
    if (from === null) return
    pressed = null
    requestAnimationFrame(() => {
      const note = () => {
        times.push(performance.now() - from)
        dispatchEvent(new Event('benchcard'))
      }
      void scheduler.postTask(note, { priority: 'user-blocking' }) // comes directly after the frame
    })
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-pointed'] })
}

/** In the page: resolves once that many cards were painted. Does not poll, which would slow the page. */
function cardsPainted(count: number): Promise<void> {
  const times = (window as unknown as { benchCards: number[] }).benchCards
  return new Promise((resolve) => {
    const check = () => {
      if (times.length < count) return
      removeEventListener('benchcard', check)
      resolve()
    }
    addEventListener('benchcard', check)
    check()
  })
}

async function measureGrid(page: Page): Promise<void> {
  await page.keyboard.press('o')
  await page.locator('[data-grid] [data-verdict="pending"]').first().waitFor()
  await page.evaluate(watchCards)
  for (let index = 0; index < sizeOf(300, 20); index++) {
    await page.keyboard.press(index % 5 === 2 ? 'i' : 'a')
    await page.evaluate(cardsPainted, index + 1)
  }
  const times = await page.evaluate(() => (window as unknown as { benchCards: number[] }).benchCards)
  report({ name: `key to next card of the grid at ${size}, 95th percentile`, value: quantile(times, 0.95), unit: 'ms', atMost: 33 })
  report({ name: `key to next card of the grid at ${size}, 99th percentile`, value: quantile(times, 0.99), unit: 'ms', atMost: 50 })
  report({ name: `longest frame while the grid of ${size} scrolls`, value: await scrollFrames(page), unit: 'ms', atMost: 33 })
  await page.keyboard.press('q')
}

async function measureBulk(page: Page): Promise<void> {
  // A tenth of all pairs, each far from the next in the file.
  const target = { filter: { states: ['pending'], query: 'describe shadows' } }
  const { value, took: reject } = await timedCall(page, 'bulk.decide', { target, verdict: 'reject', reason: 'trivial' })
  report({
    name: `reject of ${(value as { changed: number }).changed.toLocaleString('en')} pairs at ${size}, by query, in the window`,
    value: reject,
    unit: 'ms',
    atMost: 3000,
  })
  await page.waitForTimeout(sizeOf(2000, 100)) // nobody wants it back before it is seen
  report({ name: 'its undo, in one step', value: (await timedCall(page, 'decision.undo', {})).took, unit: 'ms' })
}

/** From the start of the program until the library shows the project's items. */
async function measureStart(userData: string): Promise<void> {
  const blank = blankApp(folder)
  const times = { blank: [] as number[], project: [] as number[] }
  const blankUser = path.join(folder, 'user-blank')
  fs.mkdirSync(blankUser)
  for (let round = 0; round < starts; round++) {
    times.blank.push(await startUntil('body', [blank], blankUser))
    times.project.push(await startUntil('[data-item]', [root, directory], userData))
  }
  const [blankStart, projectStart] = [times.blank, times.project].map((all) => quantile(all.slice(1), 0.5)) as [number, number]
  report({ name: `start of the window with ${size} until its items are painted, median`, value: projectStart, unit: 'ms' })
  report({ name: `start with ${size} against a blank window`, value: projectStart / blankStart, unit: '×', atMost: 1.35 })
  blankWindow = blankStart
}

/** In the page: opens the first project of the list, goes to the review as soon as that can be done, and gives the milliseconds until the first pair was painted. */
async function openToFirstPair(): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const buttons = (named: RegExp) =>
    [...document.querySelectorAll('button')].find(({ ariaLabel, textContent }) => named.test(ariaLabel ?? textContent))
  const first = async <T>(find: () => T | null | undefined): Promise<T> => {
    for (;;) {
      const found = find()
      if (found) return found
      await frame()
    }
  }
  const from = performance.now()
  buttons(/^Open .*big/)?.click()
  await first(() => document.querySelector('[data-item], [data-ready]')) // a project whose review has begun opens there
  ;(await first(() => buttons(/^Review$/))).click()
  await first(() => document.querySelector('[data-ready="true"]'))
  const image = document.querySelector<HTMLImageElement>('[data-media-viewer] img')
  await image?.decode()
  await frame()
  const { port1, port2 } = new MessageChannel()
  const painted = new Promise((resolve) => port1.addEventListener('message', resolve))
  port1.start()
  port2.postMessage(null)
  await painted
  return performance.now() - from
}

/** In a window that stands: from the choice of the project to its first pair, through the library. */
async function measureOpen(userData: string): Promise<void> {
  const { app, page } = await openReview(directory, userData)
  const times: number[] = []
  for (let round = 0; round < openings; round++) {
    await page.waitForTimeout(500)
    await timedCall(page, 'project.close', {})
    await page.reload()
    await page.getByRole('button', { name: /^Open .*big/ }).waitFor()
    await page.waitForTimeout(sizeOf(2500, 500)) // a person reads the list; meanwhile the other screens are loaded
    times.push(await page.evaluate(openToFirstPair))
  }
  await app.close()
  const open = quantile(times, 0.5)
  report({ name: `from the choice of the project to its first pair at ${size}, median`, value: open, unit: 'ms' })
  report({ name: 'that against the start of a blank window', value: open / blankWindow, unit: '×', atMost: 1.5 })
}
