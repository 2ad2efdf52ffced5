import { _electron, type Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { requireRuntime, root, runtimeEnv, sandboxArgs } from '../../tools/runtime/paths.mjs'
import { seededRandom } from '../../src/main/generation/seededRandom'
import { closeDatabase } from '../../src/main/store/sql/database'
import { quantile, report, sizeOf } from '../support/figures'
// oxlint-disable-next-line import/default -- tools/bundledScript.mjs makes it
import encoder from '../support/numberedVideo?bundled'
import { numberBits } from '../support/readNumber'
import { makeVideoProject } from '../support/videoProject'

// Ten minutes of 720p as many programs write it: 25 frames a second, and ten seconds from one key frame to the next.
const video = { width: 1280, height: 720, framesPerSecond: 25, frames: sizeOf(15_000, 60), keyEvery: sizeOf(250, 25) }
const stepName = `frame step in ${sizeOf('10 minutes', '2 seconds')} of 720p H.264`
const places = sizeOf(60, 1)
const stepsAtPlace = ['.', '.', ',', ',', ',', '.'] as const
/** What a person takes at least to look at a place that they went to, before the first step. */
const lookMs = 700
/** Between steps of one who presses the key again and again. */
const betweenMs = 120

const runtime = requireRuntime()
const folder = fs.mkdtempSync(path.resolve('out/bench-video-'))
try {
  // EXEMPLAR_BENCH_VIDEO is a video of this kind that is there already
  const file = process.env['EXEMPLAR_BENCH_VIDEO'] ?? path.join(folder, 'numbered.mp4')
  if (!fs.existsSync(file)) await writeVideo(file)
  const directory = path.join(folder, 'video.exemplar')
  closeDatabase((await makeVideoProject(directory, [file])).db)
  await measureSteps(directory)
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

function launch(...args: string[]) {
  const userData = path.join(folder, 'user')
  fs.mkdirSync(userData, { recursive: true })
  return _electron.launch({
    executablePath: runtime.exe,
    args: [...sandboxArgs, root, ...args],
    cwd: root,
    env: { ...runtimeEnv(runtime), EXEMPLAR_USER_DATA: userData },
  })
}

/** Has the window's own encoder make the video. */
async function writeVideo(file: string): Promise<void> {
  const app = await launch()
  const page = await app.firstWindow()
  await page.evaluate(`${encoder};null`)
  const size = await page.evaluate<number>(`makeVideo(${JSON.stringify(video)})`)
  const step = 16 * 1024 * 1024
  for (let start = 0; start < size; start += step)
    fs.appendFileSync(file, Buffer.from(await page.evaluate<string>(`readVideo(${start}, ${start + step})`), 'base64'))
  await app.close()
}

interface Step {
  /** milliseconds from the key to the frame on the screen; null where it never came */
  readonly took: number | null
  /** the number that the screen showed when it changed */
  readonly shown: number
  /** where the time went, in milliseconds */
  readonly parts: Parts
}

/** Milliseconds for which a step waited for the decoder, for the pixels to come to the window, and for them to be drawn. */
interface Parts {
  readonly decode: number
  readonly transfer: number
  readonly draw: number
}

/** In the page: reads the number that the viewer shows, and times steps. */
function installReader(bits: number): void {
  const canvas = document.createElement('canvas')
  const block = 8
  Object.assign(canvas, { width: bits * block, height: (bits * block * 9) / 16 })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const read = (): number => {
    const figure = document.querySelector('figure:has(video)')
    const source = figure?.querySelector<HTMLCanvasElement | HTMLVideoElement>(
      figure.getAttribute('data-drawn') === 'true' ? 'canvas' : 'video',
    )
    if (!context || !source) return -1
    context.drawImage(source, 0, 0, canvas.width, canvas.height)
    const { data } = context.getImageData(0, 0, canvas.width, 2 * block)
    const light = (bit: number, row: number) => (data[4 * ((row * block + block / 2) * canvas.width + bit * block + block / 2)] ?? 0) > 128
    let number = 0
    for (let bit = 0; bit < bits; bit++) {
      if (light(bit, 0) === light(bit, 1)) return -2 // not an image of ours
      if (light(bit, 0)) number |= 1 << bit
    }
    return number
  }
  const painted = () =>
    new Promise<number>((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => resolve(performance.now()))
      port1.start()
      port2.postMessage(null) // comes after the frame is painted
    })
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const measured = (name: string) => performance.getEntriesByName(name, 'measure').at(-1) as PerformanceMeasure | undefined
  const parts = (): Parts => {
    const [answer, drawn] = [measured('frame.answer'), measured('frame.draw')]
    const decode = (answer?.detail as { readonly waitedMs: number } | null | undefined)?.waitedMs ?? 0
    return { decode, transfer: (answer?.duration ?? 0) - decode, draw: drawn?.duration ?? 0 }
  }
  const drawnSince = (time: number) => {
    const drawn = measured('frame.draw')
    return drawn !== undefined && drawn.startTime > time
  }
  let pressed = 0
  addEventListener('keydown', (event) => (pressed = event.timeStamp), { capture: true })
  const api = {
    read,
    /** Resolves once a frame is drawn after the key, and its number is another one than before. */
    arm: (before: number, wanted: number) => {
      pressed = 0
      Object.assign(window, { benchStep: api.step(before, wanted) })
    },
    step: async (before: number, wanted: number) => {
      const end = performance.now() + 5000
      for (;;) {
        await frame()
        // What was drawn before this callback is in the frame that follows it. To read it any earlier would take the time of the step.
        if (pressed > 0 && drawnSince(pressed)) {
          const at = await painted()
          const shown = read()
          if (shown !== before) return { took: shown === wanted ? at - pressed : null, shown, parts: parts() }
        }
        if (performance.now() > end) return { took: null, shown: read(), parts: parts() }
      }
    },
    goTo: async (seconds: number) => {
      const element = document.querySelector('video')
      if (!element) return -1
      const arrived = new Promise((resolve) => element.addEventListener('seeked', resolve, { once: true }))
      element.currentTime = seconds
      await arrived
      for (let count = 0; count < 4; count++) await frame()
      return read()
    },
  }
  Object.assign(window, { bench: api })
}

type Bench = { arm(before: number, wanted: number): void; goTo(seconds: number): Promise<number>; read(): number }

function goTo(page: Page, seconds: number): Promise<number> {
  return page.evaluate((at) => (window as unknown as { bench: Bench }).bench.goTo(at), seconds)
}

async function stepBy(page: Page, key: string, before: number, wanted: number): Promise<Step> {
  await page.evaluate(([from, to]) => (window as unknown as { bench: Bench }).bench.arm(from, to), [before, wanted] as const)
  await page.keyboard.press(key)
  return page.evaluate(() => (window as unknown as { benchStep: Promise<Step> }).benchStep)
}

async function measureSteps(directory: string): Promise<void> {
  const app = await launch(directory)
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Review', exact: true }).first().click()
  await page.locator('[data-ready="true"]').first().waitFor()
  await page.getByTestId('frame').waitFor()
  await page.evaluate(installReader, numberBits)
  const random = seededRandom('places of the video bench')
  const first: number[] = []
  const all: number[] = []
  const spent: Parts[] = []
  let wrong = 0
  let wrongSeeks = 0
  for (let place = 0; place < places; place++) {
    const asked = 10 + Math.floor(random() * (video.frames - 20))
    let number = await goTo(page, (asked + 0.5) / video.framesPerSecond)
    if (number !== asked) wrongSeeks++
    await page.waitForTimeout(lookMs)
    for (const [index, key] of stepsAtPlace.entries()) {
      const wanted = number + (key === '.' ? 1 : -1)
      const { took, shown, parts } = await stepBy(page, key, number, wanted)
      if (took === null) {
        wrong++
        console.error(`step ${index} at ${asked}: asked for frame ${wanted}, shown was ${shown}`)
      } else {
        all.push(took)
        spent.push(parts)
        if (index === 0) first.push(took)
      }
      number = shown
      await page.waitForTimeout(betweenMs)
    }
    // The video follows to the frame that was stepped to, and still shows it.
    await page.waitForTimeout(1500)
    if ((await page.evaluate(() => (window as unknown as { bench: Bench }).bench.read())) !== number) wrong++
  }
  await app.close()
  report({ name: `${stepName}, median`, value: quantile(all, 0.5), unit: 'ms' })
  report({ name: `${stepName}, 95th percentile`, value: quantile(all, 0.95), unit: 'ms', atMost: 100 })
  for (const part of ['decode', 'transfer', 'draw'] as const)
    for (const share of [0.5, 0.95]) {
      const value = quantile(
        spent.map((each) => each[part]),
        share,
      )
      report({ name: `frame step: ${part}, ${share === 0.5 ? 'median' : '95th percentile'}`, value, unit: 'ms' })
    }
  report({ name: `first step ${lookMs} ms after a seek, 95th percentile`, value: quantile(first, 0.95), unit: 'ms' })
  report({
    name: `steps of ${places * stepsAtPlace.length} that showed another frame than the one asked for`,
    value: wrong,
    unit: 'frames',
    atMost: 0,
  })
  report({ name: `seeks of ${places} that showed another frame than the one asked for`, value: wrongSeeks, unit: 'frames' })
}
