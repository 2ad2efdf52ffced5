import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PQueue from 'p-queue'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'
import { badVideo } from './videoProblem'
import {
  type TimedImage,
  type VideoInput,
  type VideoOutput,
  type VideoReply,
  videoReplySchema,
  type VideoRequest,
  type VideoTask,
  videoTasks,
} from './videoTasks'

interface VideoCommandModule {
  findVideoCommand(program: string): Promise<readonly string[] | undefined>
}

/** Electron switches for the process; on Linux it needs no display. */
export const videoSwitches: readonly string[] = process.platform === 'linux' ? ['--ozone-platform=headless'] : []

/**
 * Returns the command that starts the process. The command line from source runs on Node; it finds the checkout's Electron, or downloads it
 * for the first video.
 */
async function findCommand(): Promise<readonly string[]> {
  const find = (...places: string[]) => places.map((place) => new URL(place, import.meta.url)).find((each) => existsSync(each))
  // Paths from a build, from a chunk of a build, and from source.
  const program = find('./video.js', '../video.js')
  const inTools = 'runtime/videoCommand.mjs'
  const tool = find('../../tools/runtime/videoCommand.mjs', `../../../tools/${inTools}`, `../../../../tools/${inTools}`)
  if (!program || !tool) throw new Problem('internal', message('video.programMissing'), message('problem.reinstall'))
  const { findVideoCommand } = (await import(/* @vite-ignore */ tool.href)) as VideoCommandModule
  const command = await findVideoCommand(fileURLToPath(program))
  if (command) return [...command.slice(0, 1), ...videoSwitches, ...command.slice(1)]
  const remedy = message('video.prepareRuntime')
  throw new Problem('internal', message('video.electronNotReady'), remedy)
}

let ownCommand: Promise<readonly string[]> | undefined

interface Settings {
  /** Program and arguments that start `src/main/video.ts` in Electron. */
  readonly command?: readonly string[]
  /** Maximum number of milliseconds between two messages. */
  readonly patienceMs?: number
}
let settings: Settings = {}

/** Sets how the process is started (Electron starts itself), and how long it may send no message; the default is a minute. */
export function configureVideoProcess(changed: Settings): void {
  settings = { ...settings, ...changed }
}

/** A message of a process, or its end. */
type Word = VideoReply | { readonly type: 'ended'; readonly error?: Error }

interface Helper {
  readonly command: Settings['command']
  readonly child: ChildProcess
  /** Whether it has sent any message. */
  started: boolean
  ended: boolean
  hear: (word: Word) => void
  /** Timer that ends the process when it has been idle too long. */
  timer?: NodeJS.Timeout
}

async function start(): Promise<Helper> {
  const configured = settings.command
  const [program = '', ...args] = configured ?? (await (ownCommand ??= findCommand()))
  // Its output would be mixed with that of the command line; results are sent as messages.
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    windowsHide: true,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined },
  })
  const helper: Helper = { command: configured, child, started: false, ended: false, hear: () => undefined }
  child.on('message', (word) => {
    helper.started = true
    helper.hear(videoReplySchema.parse(word))
  })
  child.on('error', (error) => helper.hear({ type: 'ended', error }))
  child.on('exit', () => helper.hear({ type: 'ended' }))
  return helper
}

/** Ends a process: it cleans up and exits when its channel is closed, or is killed after a second. */
function end(helper: Helper): void {
  const { child } = helper
  helper.ended = true
  if (child.connected) child.disconnect()
  setTimeout(() => child.kill('SIGKILL'), 1000).unref()
}

function endOf({ started }: Helper, name: string, error: Error | undefined): Problem {
  if (started) return badVideo(name, message('video.decoderCrashes'), error)
  const remedy = message('video.restart')
  return new Problem('internal', message('video.processDoesNotStart'), remedy, { cause: error })
}

interface Asked {
  readonly signal?: AbortSignal | undefined
  /** Receives the parts of an answer; the next part is sent when the promise resolves. */
  readonly onPart?: (part: TimedImage) => Promise<void>
}

/** Milliseconds to wait for the first message of a process; long, since the machine may be busy. */
const START_MS = 60_000

/** Runs one task in a process. Ends the process if it is silent for too long, or if the signal aborts. */
function ask(helper: Helper, task: VideoRequest, name: string, { signal, onPart = async () => undefined }: Asked): Promise<unknown> {
  const { patienceMs = 60_000 } = settings
  return new Promise((resolve, reject) => {
    let over = false
    let timer: NodeJS.Timeout | undefined
    const stop = () => {
      over = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', aborted)
    }
    const fail = (error: unknown) => {
      if (over) return
      stop()
      helper.hear = () => undefined
      end(helper)
      reject(error)
    }
    const aborted = () => fail(signal?.reason)
    const late = () => fail(badVideo(name, message('video.tooSlow', { seconds: patienceMs / 1000 })))
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(late, helper.started ? patienceMs : Math.max(patienceMs, START_MS))
    }
    // If sending fails, the process has ended, and its exit event reports it.
    const send = (request: VideoRequest) => {
      if (over) return
      wait()
      helper.child.send(request, () => undefined)
    }
    helper.hear = (word) => {
      switch (word.type) {
        case 'ready':
        case 'alive':
          return wait()
        case 'part':
          clearTimeout(timer)
          return void onPart(word.value).then(() => send({ type: 'next' }), fail)
        case 'done':
          stop()
          return resolve(word.value)
        case 'failed':
          stop()
          return reject(Problem.fromData(word.problem))
        case 'ended':
          return fail(endOf(helper, name, word.error))
        default:
          return word satisfies never
      }
    }
    signal?.addEventListener('abort', aborted, { once: true })
    send(task)
  })
}

interface ProcessPoolOptions {
  /** Maximum number of videos processed concurrently, each in its own process, to identify the one that hangs its process. */
  readonly atOnce: number
  /** Milliseconds after which an idle process ends. */
  readonly restMs: number
}

/**
 * Reads a video in a process of its own, so that a damaged file can neither block the app for more than a minute nor crash it.
 * `signal` ends the process.
 * @throws Problem bad-media with the file's name, wrong-use, not-found, disk-full
 */
type RunVideoTask = <N extends VideoTask>(task: N, input: VideoInput<N>, options?: Asked) => Promise<VideoOutput<N>>

function createVideoProcesses({ atOnce, restMs }: ProcessPoolOptions): RunVideoTask {
  const queue = new PQueue({ concurrency: atOnce })
  const resting = new Set<Helper>()

  const wake = async (): Promise<Helper> => {
    const helper = [...resting].find(({ command, child }) => child.connected && command === settings.command)
    if (!helper) return start()
    resting.delete(helper)
    clearTimeout(helper.timer)
    helper.child.ref()
    helper.child.channel?.ref()
    return helper
  }

  /** Keeps a process for the next video, without keeping the current process alive. */
  const rest = (helper: Helper) => {
    helper.timer = setTimeout(() => {
      if (resting.delete(helper)) end(helper)
    }, restMs).unref()
    helper.hear = ({ type }) => {
      if (type === 'ended') resting.delete(helper)
    }
    helper.child.unref()
    helper.child.channel?.unref()
    resting.add(helper)
  }

  return async (task, input, options = {}) => {
    const { signal } = options
    const value = await queue.add(
      async () => {
        signal?.throwIfAborted()
        const helper = await wake()
        try {
          return await ask(helper, { type: 'do', task, input }, input.name, options)
        } finally {
          if (!helper.ended) rest(helper)
        }
      },
      signal ? { signal } : {},
    )
    return videoTasks[task].output.parse(value) as VideoOutput<typeof task>
  }
}

/** Runs tasks of imports, exports, prompts and thumbnails. */
export const runVideoTask = createVideoProcesses({ atOnce: 2, restMs: 10_000 })

/** Runs tasks of the video that a user views: its process keeps decoded frames for the next request. */
export const readForViewer = createVideoProcesses({ atOnce: 1, restMs: 120_000 })
