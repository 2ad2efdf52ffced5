import { freshBundle } from '../../scripts/freshBundle.mjs'
import { configureVideoProcess } from '../../src/main/media/videoProcess'

/** The code under test runs from its source; the process that it reads videos in needs a bundle. */
export const videoProgram = [
  process.execPath,
  freshBundle({ name: 'video', entry: 'src/main/video.ts', sources: ['src/main', 'src/shared'] }),
]
configureVideoProcess({ command: videoProgram })
