import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import dgram from 'node:dgram'
import fs from 'node:fs'
import path from 'node:path'
import { showHidden } from '../../src/shared/text/hiddenCharacters'
import { root } from '../../tools/runtime/paths.mjs'
import { startModelServer } from '../support/modelServer'
import { launch, temporaryUserData } from './launch'
import { callMain, openSample, setServer } from './projects'
import { answerDialog, draftAll, goTo, pairReady } from './screens'

test('the page is sandboxed: no Node, no other address, no new window, no navigation, no permission', async () => {
  const server = await startModelServer()
  const { app, page } = await openSample(temporaryUserData())
  const own = page.url()
  expect(await page.evaluate(() => [typeof globalThis.process, typeof (globalThis as { require?: unknown }).require])).toEqual([
    'undefined',
    'undefined',
  ])
  expect(await page.evaluate(() => Object.keys(window.exemplar))).toEqual(['call', 'drop', 'on'])
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag }
  })
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false })

  const fetched = await page.evaluate(
    (url) =>
      fetch(url).then(
        () => 'reached',
        () => 'blocked',
      ),
    server.url,
  )
  expect(fetched).toBe('blocked')
  const script = await page.evaluate(() => {
    const element = document.createElement('script')
    element.textContent = 'window.ran = true'
    document.body.append(element)
    return (window as { ran?: boolean }).ran ?? false
  })
  expect(script).toBe(false)
  expect(await page.evaluate((url) => window.open(url), server.url)).toBeNull()
  await page.evaluate((url) => void (location.href = url), server.url)
  await page.evaluate(() => void (location.href = 'file:///etc/passwd'))
  await page.waitForTimeout(300)
  expect(page.url()).toBe(own)
  expect(app.windows()).toHaveLength(1)
  const asked = await page.evaluate(async () => {
    const camera = await navigator.mediaDevices?.getUserMedia({ video: true }).then(
      () => 'given',
      () => 'denied',
    )
    return [camera ?? 'denied', await navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)]
  })
  expect(asked).toEqual(['denied', 'denied'])
  expect(server.requests).toHaveLength(0)
  await app.close()
  await server.close()
})

test('WebRTC sends no packet: a server of its own kind hears nothing', async () => {
  const heard: number[] = []
  const socket = dgram.createSocket('udp4').on('message', (packet) => heard.push(packet.length))
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done))
  const { app, page } = await openSample(temporaryUserData())
  const outcome = await page.evaluate(async (port) => {
    try {
      const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] })
      const found: string[] = []
      connection.addEventListener('icecandidate', ({ candidate }) => candidate && found.push(candidate.candidate))
      connection.createDataChannel('x')
      await connection.setLocalDescription(await connection.createOffer())
      await new Promise((done) => setTimeout(done, 1500))
      return found
    } catch (error) {
      return String(error)
    }
  }, socket.address().port)
  expect(outcome).toEqual([]) // no address of this computer either
  // The listener itself hears what is sent to it.
  await new Promise((done) => dgram.createSocket('udp4').send('x', socket.address().port, '127.0.0.1', done))
  await expect.poll(() => heard).toEqual([1])
  await app.close()
  socket.close()
})

test('main takes only calls of the contract, with input of their form', async () => {
  const userData = temporaryUserData()
  const { app, page } = await openSample(userData)
  for (const [name, input] of [
    ['constructor', {}],
    ['item.get', { id: '1; DROP TABLE item' }],
    ['item.get', { id: -1 }],
    ['item.page', { filter: { state: 'all' }, after: 0, limit: 1_000_000 }],
    ['project.create', { folder: userData, name: '../../escape', recipe: 'la' }],
    ['app.saveSettings', { provider: { kind: 'openai', baseUrl: 'file:///etc/passwd', model: 'm', concurrency: 1, timeoutMs: 1000 } }],
  ] as const)
    expect({ name, answer: await callMain(page, name as 'app.info', input as never) }).toMatchObject({ name, answer: { ok: false } })
  await app.close()
})

test('media are served by id, of the open project only, and never by path', async () => {
  const { app, page } = await openSample(temporaryUserData())
  const uuid = await page.evaluate(async () => {
    const answer = await window.exemplar.call('project.current', {})
    return answer.ok ? (answer.value as { uuid: string }).uuid : ''
  })
  const load = (url: string) =>
    page.evaluate(
      (address) =>
        new Promise<boolean>((resolve) => {
          const image = new Image()
          image.addEventListener('load', () => resolve(true))
          image.addEventListener('error', () => resolve(false))
          image.src = address
        }),
      url,
    )
  expect(await load(`media://${uuid}/1`)).toBe(true)
  expect(await load(`media://${uuid}/1?size=thumb`)).toBe(true)
  for (const url of [
    `media://${uuid}/999`,
    `media://${uuid}/..%2f..%2fproject.sqlite`,
    `media://${uuid}/1/../../project.sqlite`,
    `media://00000000-0000-0000-0000-000000000000/1`,
    `media:///etc/passwd`,
  ])
    expect({ url, loaded: await load(url) }).toEqual({ url, loaded: false })
  await app.close()
})

test('HTML and script in a reply are shown as text and never run', async () => {
  const server = await startModelServer({ behaviour: 'html' })
  const userData = temporaryUserData()
  setServer(userData, server.url)
  const { app, page } = await openSample(userData)
  await draftAll(page)
  await expect(page.getByText('8 of 8 items')).toBeVisible()
  await goTo(page, 'Review')
  const pair = page.getByRole('region', { name: 'Pair', exact: true })
  await expect(pair).toContainText('<script>')
  expect(await pair.locator('script, img, b, iframe').count()).toBe(0)
  await goTo(page, 'Library')
  expect(await page.evaluate(() => document.querySelectorAll('#root script').length)).toBe(0)
  await app.close()
  await server.close()
})

test('the key stays in the main process: no file, no log and no answer holds it, and no other address gets it', async () => {
  const secret = 'sk-very-secret-0123456789'
  const server = await startModelServer()
  const other = await startModelServer()
  const userData = temporaryUserData()
  setServer(userData, server.url)
  const { app, page, project } = await openSample(userData)
  const log: string[] = []
  app.process().stdout?.on('data', (data: Buffer) => log.push(data.toString()))
  app.process().stderr?.on('data', (data: Buffer) => log.push(data.toString()))
  const saved = await callMain(page, 'app.saveKey', { key: secret })
  expect(saved).toMatchObject({ ok: true, value: { storage: 'memory', present: 'memory' } })
  await draftAll(page)
  await expect(page.getByText('8 of 8 items')).toBeVisible()
  expect(server.requests.every(({ authorization }) => authorization === `Bearer ${secret}`)).toBe(true)

  // Somebody changes the address: the key is not for that one.
  const provider = { kind: 'openai' as const, baseUrl: other.url, model: 'm', concurrency: 1, timeoutMs: 2000 }
  await callMain(page, 'app.saveSettings', { provider })
  await callMain(page, 'app.testProvider', provider)
  expect(other.requests.length).toBeGreaterThan(0)
  expect(other.requests.some(({ authorization }) => authorization?.includes(secret))).toBe(false)

  expect(await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify(localStorage))).not.toContain(secret)
  expect(JSON.stringify([await callMain(page, 'app.settings', {}), await callMain(page, 'run.list', {})])).not.toContain(secret)
  await app.close()
  const files = [userData, project].flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  )
  expect(files.filter((file) => fs.readFileSync(file).includes(secret))).toEqual([])
  expect(log.join('')).not.toContain(secret)
  await server.close()
  await other.close()
})

test('where the system has no keychain, the settings say that the key lasts only until the window closes', async () => {
  const userData = temporaryUserData()
  setServer(userData, 'https://api.openai.com/v1')
  const app = await launch(userData)
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByText('This system has no keychain, so the API key stays in memory until you close the window.')).toBeVisible()
  await app.close()
})

test('what nobody would see in texts of a project is shown on every screen, in tooltips and labels too', async () => {
  const userData = temporaryUserData()
  const evil = (text: string) => `${text} \u202edlrow`
  const folder = path.join(userData, 'in')
  fs.mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'items.jsonl')
  const rows = ['cat', 'coffee', 'rocket'].map((name) => {
    fs.copyFileSync(path.join(root, `resources/sample/media/${name}.jpg`), path.join(folder, `${evil(name)}.jpg`))
    return JSON.stringify({ id: evil(name), media: [`${evil(name)}.jpg`], context: { captions: [evil(`A ${name}`)] } })
  })
  fs.writeFileSync(file, rows.join('\n'))
  const pair = { instruction: evil('What is it?'), response: evil('A thing') }
  const decisions = [1, 2, 4].map((candidate) => JSON.stringify({ candidate, verdict: 'edit', ...pair, reviewer: evil('Ada') }))
  fs.writeFileSync(path.join(folder, 'decisions.jsonl'), decisions.join('\n'))
  const project = path.join(userData, 'Texts.exemplar')
  for (const args of [
    ['new', project, '--recipe', 'la'],
    ['import', project, '--format', 'jsonl', '--file', file, '--media', folder],
    ['generate', project, '--provider', 'demo'],
    ['decide', project, '--file', path.join(folder, 'decisions.jsonl')],
    ['snapshot', 'create', project, '--name', evil('first')],
  ])
    expect(spawnSync(process.execPath, [path.join(root, 'tools/cli.mjs'), ...args]).status, args.join(' ')).toBe(0)

  const app = await launch(userData)
  const page = await app.firstWindow()
  await answerDialog(app, project)
  await page.getByRole('button', { name: 'Open…' }).click()
  const readTexts = () =>
    page.evaluate(() => {
      const texts: string[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement
        if (!parent?.closest('.hidden-character, textarea, [contenteditable]')) texts.push(walker.currentNode.nodeValue ?? '')
      }
      for (const element of document.querySelectorAll('*'))
        for (const name of ['title', 'aria-label', 'alt']) texts.push(element.getAttribute(name) ?? '')
      return texts
    })
  const expectShown = async (where: string) => {
    await expect(page.locator('.hidden-character, [title*="u202e"]').first(), where).toBeAttached()
    expect([where, ...(await readTexts()).filter((text) => showHidden(text) !== text)]).toEqual([where])
  }
  for (const screen of ['Library', 'Prompt', 'Review', 'Exemplars', 'Export'] as const) {
    await goTo(page, screen)
    await expectShown(screen)
  }
  await goTo(page, 'Review')
  for (const key of ['t', 'o']) {
    await pairReady(page)
    await page.keyboard.press(key)
    if (key === 'o') await page.getByText('Items', { exact: true }).click()
    await expectShown(`Review ${key}`)
    await page.keyboard.press(key)
  }
  await app.close()
})
