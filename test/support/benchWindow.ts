import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { requireRuntime, root, runtimeEnv, sandboxArgs } from '../../tools/runtime/paths.mjs'
import { saveAppSettings } from '../../src/main/project/userData'
import { sizeOf } from './figures'

export const runtime = requireRuntime()
export const windowArgs = [...sandboxArgs, root]

export const windowEnvironment = (userData: string, extra: Record<string, string> = {}) => ({
  ...runtimeEnv(runtime),
  EXEMPLAR_USER_DATA: userData,
  ...extra,
})

/** Milliseconds from the start of the process until what `selector` names is painted. */
export async function startUntil(selector: string, args: readonly string[], userData: string): Promise<number> {
  const hook = path.join(root, 'test/bench/startHook.cjs')
  const from = Date.now()
  const child = spawn(runtime.exe, [...sandboxArgs, '-r', hook, ...args], {
    cwd: root,
    env: windowEnvironment(userData, { EXEMPLAR_BENCH_SELECTOR: selector }),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const closed = new Promise((resolve) => child.once('close', resolve))
  let painted = Number.NaN
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const at = /^painted (\d+)$/.exec(line)?.[1]
    if (at === undefined) continue
    painted = Number(at) - from
    child.kill('SIGTERM')
  }
  await closed
  return painted
}

/** A window with nothing in it, made in `folder`: what Electron itself takes. */
export function blankApp(folder: string): string {
  const app = path.join(folder, 'blank')
  fs.mkdirSync(app)
  fs.writeFileSync(path.join(app, 'package.json'), JSON.stringify({ name: 'blank', main: 'main.cjs' }))
  fs.writeFileSync(path.join(app, 'index.html'), '<!doctype html><title>blank</title><body>blank</body>')
  fs.writeFileSync(
    path.join(app, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron')
     app.setPath('userData', process.env.EXEMPLAR_USER_DATA)
     app.whenReady().then(() => new BrowserWindow({ webPreferences: { sandbox: true } }).loadFile(require('node:path').join(__dirname, 'index.html')))
     app.on('window-all-closed', () => app.quit())`,
  )
  return app
}

/** In the page: notes for every key press when the next pair, with its image, was painted, and what moved after that and before the next key. */
function watchKeys(): void {
  const times: number[] = []
  const shifts = { afterPaint: 0 }
  Object.assign(window, { benchTimes: times, benchShifts: shifts })
  let pressed: number | null = null
  let painted = Infinity
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries() as (PerformanceEntry & { value: number })[])
      if (pressed === null && shift.startTime > painted) shifts.afterPaint += shift.value
  }).observe({ type: 'layout-shift' })
  addEventListener(
    'keydown',
    (event) => {
      pressed = event.timeStamp
      painted = Infinity // what moves in the frame that shows the next pair is that pair
    },
    { capture: true },
  )
  const settle = async () => {
    const from = pressed
    if (from === null) return
    pressed = null
    const image = document.querySelector<HTMLImageElement>('[data-media-viewer] img')
    if (image && !image.complete) await image.decode().catch(() => undefined)
    requestAnimationFrame(() => {
      // Comes directly after the frame is painted, before work that the page has put off until then.
      void scheduler.postTask(
        () => {
          painted = performance.now()
          times.push(painted - from)
          dispatchEvent(new Event('benchpaint'))
        },
        { priority: 'user-blocking' },
      )
    })
  }
  new MutationObserver(() => void settle()).observe(document.body, {
    subtree: true,
    attributes: true,
    attributeFilter: ['data-candidate'],
    childList: true,
  })
}

function paintedTimes(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as { benchTimes: number[] }).benchTimes)
}

/** Opens a project's review desk in a window of its own. */
export async function openReview(directory: string, userData: string): Promise<{ app: ElectronApplication; page: Page }> {
  saveAppSettings(userData, { reviewer: 'bench', tourSeen: true }) // else the first decision asks for a name
  const app = await _electron.launch({
    executablePath: runtime.exe,
    args: [...windowArgs, directory],
    cwd: root,
    env: windowEnvironment(userData),
  })
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Review', exact: true }).first().click()
  await page.locator('[data-ready="true"]').first().waitFor()
  return { app, page }
}

interface Decided {
  /** milliseconds from each key to the next pair */
  readonly times: number[]
  /** of the main process in MB, after every fiftieth, or every second at smoke size */
  readonly memory: number[]
  /** layout shift (Layout Instability API) after a pair was painted and before the next key */
  readonly shift: number
}

/** In the page: resolves once that many pairs were painted and the last takes keys. Does not poll, which would slow the page. */
function pairReady(count: number): Promise<void> {
  const times = (window as unknown as { benchTimes: number[] }).benchTimes
  return new Promise((resolve) => {
    const observer = new MutationObserver(check)
    observer.observe(document.body, { subtree: true, attributeFilter: ['data-ready'] })
    addEventListener('benchpaint', check)
    function check() {
      if (times.length < count || !document.querySelector('[data-ready="true"]')) return
      observer.disconnect()
      removeEventListener('benchpaint', check)
      resolve()
    }
    check()
  })
}

/** Decides by key, each once the last is painted. */
export async function decideByKey(app: ElectronApplication, page: Page, decisions: number): Promise<Decided> {
  await page.evaluate(watchKeys)
  const memory: number[] = []
  const every = sizeOf(50, 2)
  const keys = ['a', 'a', 'i', 'a', 'i']
  await page.evaluate(pairReady, 0)
  for (let index = 0; index < decisions; index++) {
    await page.keyboard.press(keys[index % keys.length] ?? 'a')
    await page.evaluate(pairReady, index + 1)
    if (index % every === every - 1) memory.push((await app.evaluate(() => process.memoryUsage().rss)) / 1024 / 1024)
  }
  const shift = await page.evaluate(() => (window as unknown as { benchShifts: { afterPaint: number } }).benchShifts.afterPaint)
  return { times: await paintedTimes(page), memory, shift }
}
