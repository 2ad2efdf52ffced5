import { app, protocol, session, WebContentsView, type Session } from 'electron'
import { mkdtempSync, rmSync } from 'node:fs'
import fs, { type FileHandle } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Problem, toProblem } from '../../shared/problem'
// oxlint-disable-next-line import/default -- tools/bundledScript.mjs makes it
import code from '../media/video/decoder/page?bundled'
import { decoderReplySchema, decoderTasks, type VideoFile } from '../media/video/decoder/tasks'
import type { Decoder } from '../media/video/videoWork'
import { decoderScheme } from './schemes'
import { secureContents, secureSession } from './security'

const pageUrl = `${decoderScheme.scheme}://page/`
const page = {
  headers: {
    'content-type': 'text/html',
    'content-security-policy': "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; webrtc 'block'",
  },
} as const

/** A video that the page may read. */
interface OpenFile {
  readonly file: string
  readonly handle: FileHandle
  /** the first disk error while reading: it is not caused by the video */
  failure: unknown
}

/**
 * Prepares Electron for the page; must run before Electron is ready. Nothing is drawn, and the page cannot send anything out.
 * @returns a function that ends this process and removes the files that Chromium created for it
 */
export function prepareDecoderPage(): () => void {
  protocol.registerSchemesAsPrivileged([decoderScheme])
  app.disableHardwareAcceleration() // images must have the same bytes on every computer
  app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2')
  const profile = mkdtempSync(path.join(os.tmpdir(), 'exemplar-video-'))
  app.setPath('userData', profile)
  app.setPath('sessionData', profile)
  secureContents(() => false)
  return () => {
    try {
      rmSync(profile, { recursive: true, force: true })
    } finally {
      process.kill(process.pid, 'SIGKILL')
    }
  }
}

async function readPart({ handle }: OpenFile, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(end - start)
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled)
    if (bytesRead === 0) throw new Error('the file became shorter')
    filled += bytesRead
  }
  return bytes
}

/** Answers requests of the page: the page itself, parts of the open files, and signs of life. */
function servePage(own: Session, files: ReadonlyMap<number, OpenFile>, onAlive: () => void): void {
  own.protocol.handle(decoderScheme.scheme, async ({ url }) => {
    const { pathname, searchParams } = new URL(url)
    if (pathname === '/') return new Response('<!doctype html><title>Decoder</title>', page)
    onAlive()
    if (pathname !== '/read') return new Response(null, { status: 204 })
    const number = (name: string) => Number(searchParams.get(name))
    const file = files.get(number('id'))
    if (!file) return new Response(null, { status: 404 })
    try {
      return new Response(await readPart(file, number('start'), number('end')))
    } catch (error) {
      file.failure ??= error
      return new Response(null, { status: 500 })
    }
  })
}

/**
 * Opens the hidden page that decodes videos: sandboxed, without a window, in an in-memory session without network access.
 * @param onAlive called with every step of work in the page
 * @param onCrash called when the page has crashed
 */
export async function openDecoderPage(onAlive: () => void, onCrash: () => void): Promise<Decoder> {
  await app.whenReady()
  const own = session.fromPartition('decoder', { cache: false })
  const files = new Map<number, OpenFile>()
  servePage(own, files, onAlive)
  secureSession(own)
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !url.startsWith(pageUrl) }))
  const view = new WebContentsView({
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      backgroundThrottling: false,
      spellcheck: false,
    },
  })
  view.webContents.on('render-process-gone', onCrash)
  const load = async () => {
    await view.webContents.loadURL(pageUrl)
    await view.webContents.executeJavaScript(`${code};null`)
  }
  await load()
  let lastId = 0
  return {
    async open(file, name) {
      const handle = await fs.open(file).catch((error: unknown) => {
        throw toProblem(error, name)
      })
      const id = ++lastId
      files.set(id, { file, handle, failure: undefined })
      return { id, name, size: (await handle.stat()).size } satisfies VideoFile
    },
    async close({ id }) {
      const open = files.get(id)
      files.delete(id)
      await open?.handle.close()
    },
    async run(task, input) {
      const reply = decoderReplySchema.parse(
        await view.webContents.executeJavaScript(`runDecoderTask(${JSON.stringify(task)}, ${JSON.stringify(input)})`),
      )
      for (const { file, failure } of files.values()) if (failure !== undefined) throw toProblem(failure, path.basename(file))
      if (reply.type === 'failed') throw Problem.fromData(reply.problem)
      return decoderTasks[task].output.parse(reply.value) as never
    },
    async reset() {
      await Promise.all([...files.values()].map(({ handle }) => handle.close()))
      files.clear()
      await load()
    },
  }
}
