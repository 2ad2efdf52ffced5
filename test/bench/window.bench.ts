import { _electron, type Page } from '@playwright/test'
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { requireRuntime, root, runtimeEnv, sandboxArgs } from '../../scripts/runtime/paths.mjs'
import { closeDatabase } from '../../src/main/store/database'
import { makeBigProject } from '../support/bigProject'
import { quantile, report } from '../support/figures'

const runtime = requireRuntime()
const folder = fs.mkdtempSync(path.resolve('out/bench-window-'))
const directory = path.join(folder, 'big.exemplar')
const environment = (userData: string, extra: Record<string, string> = {}) => ({
  ...runtimeEnv(runtime),
  EXEMPLAR_USER_DATA: userData,
  ...extra,
})
const decisions = 500

try {
  const built = spawnSync(process.execPath, ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (built.status !== 0) throw new Error('the window does not build, see above')
  const project = await makeBigProject(directory, { items: 10_000, candidates: 100_000 })
  closeDatabase(project.db)
  await measureStart()
  await measureReview()
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

/** Milliseconds from the start of the process until what `selector` names is painted. */
async function startUntil(selector: string, args: readonly string[], userData: string): Promise<number> {
  const hook = path.join(root, 'test/bench/startHook.cjs')
  const from = Date.now()
  const child = spawn(runtime.exe, [...sandboxArgs, '-r', hook, ...args], {
    cwd: root,
    env: environment(userData, { EXEMPLAR_BENCH_SELECTOR: selector }),
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

/** A window with nothing in it: what Electron itself takes. */
function blankApp(): string {
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

async function measureStart(): Promise<void> {
  const blank = blankApp()
  const times = { blank: [] as number[], project: [] as number[], picture: [] as number[] }
  const users = { blank: path.join(folder, 'user-blank'), project: path.join(folder, 'user-project') }
  for (const user of Object.values(users)) fs.mkdirSync(user)
  for (let round = 0; round < 10; round++) {
    times.blank.push(await startUntil('body', [blank], users.blank))
    times.project.push(await startUntil('[data-item]', [root, directory], users.project))
    times.picture.push(await startUntil('[data-item] img', [root, directory], users.project))
  }
  // The first start of each fills caches of the system.
  const [blankStart, projectStart, pictureStart] = [times.blank, times.project, times.picture].map((all) =>
    quantile(all.slice(1), 0.5),
  ) as [number, number, number]
  report({ name: 'start of a blank Electron window, median', value: blankStart, unit: 'ms' })
  report({ name: 'start of the window with 100,000 candidates until its items are painted, median', value: projectStart, unit: 'ms' })
  report({
    name: 'start of the window with 100,000 candidates until the first thumbnail is painted, median',
    value: pictureStart,
    unit: 'ms',
  })
  report({ name: 'start with 100,000 candidates against a blank window', value: projectStart / blankStart, unit: '×', atMost: 1.5 })
}

/** In the page: notes for every key press when the next pair, with its picture, was painted. */
function watchKeys(): void {
  const times: number[] = []
  Object.assign(window, { benchTimes: times })
  let pressed: number | null = null
  addEventListener('keydown', (event) => (pressed = event.timeStamp), { capture: true })
  const settle = async () => {
    const from = pressed
    if (from === null) return
    pressed = null
    const picture = document.querySelector<HTMLImageElement>('[data-media] img, main img')
    if (picture && !picture.complete) await picture.decode().catch(() => undefined)
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.addEventListener('message', () => times.push(performance.now() - from))
      channel.port1.start()
      channel.port2.postMessage(null) // comes after the frame is painted
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

async function measureReview(): Promise<void> {
  const userData = path.join(folder, 'user-review')
  fs.mkdirSync(userData)
  const app = await _electron.launch({
    executablePath: runtime.exe,
    args: [...sandboxArgs, root, directory],
    cwd: root,
    env: environment(userData),
  })
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Review', exact: true }).first().click()
  await page.locator('[data-ready="true"]').first().waitFor()
  await page.evaluate(watchKeys)
  const memory = async () => {
    const rss = await app.evaluate(() => process.memoryUsage().rss)
    return rss / 1024 / 1024
  }
  const samples: number[] = []
  const keys = ['a', 'a', 'i', 'a', 'i']
  for (let index = 0; index < decisions; index++) {
    const before = (await paintedTimes(page)).length
    await page.locator('[data-ready="true"]').first().waitFor()
    await page.keyboard.press(keys[index % keys.length] ?? 'a')
    await page.waitForFunction((count) => (window as unknown as { benchTimes: number[] }).benchTimes.length > count, before)
    if (index % 50 === 49) samples.push(await memory())
  }
  const times = await paintedTimes(page)
  await app.close()
  report({ name: 'key press to next pair painted at 100,000 candidates, median', value: quantile(times, 0.5), unit: 'ms' })
  report({
    name: 'key press to next pair painted at 100,000 candidates, 95th percentile',
    value: quantile(times, 0.95),
    unit: 'ms',
    atMost: 50,
  })
  report({ name: 'main process after 500 decisions in 100,000 candidates, resident', value: Math.max(...samples), unit: 'MB', atMost: 250 })
  const half = samples.length / 2
  const growth = quantile(samples.slice(half), 0.5) - quantile(samples.slice(0, half), 0.5)
  report({
    name: 'growth of the main process from the first to the last 250 decisions',
    value: Math.max(growth, 0.1),
    unit: 'MB',
    atMost: 10,
  })
}
