import { freshBundle } from '../../tools/freshBundle.mjs'
import { findVideoCommand } from '../../tools/runtime/videoCommand.mjs'
import { configureVideoProcess, videoSwitches } from '../../src/main/media/video/videoProcess'

/** The code under test runs from its source; the process that it reads videos in needs a bundle, and Electron. */
const program = freshBundle({ name: 'video', entry: 'src/main/video.ts', sources: ['src/main', 'src/shared'] })
const [electron = '', ...args] = (await findVideoCommand(program)) ?? []
export const videoProgram = [electron, ...videoSwitches, ...args]
configureVideoProcess({ command: videoProgram })
