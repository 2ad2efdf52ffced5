// How the command line and the tests start the program that decodes videos: in this checkout's Electron.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { findElectron, root, sandboxArgs } from './paths.mjs'

/** Makes Electron ready, which may take a minute; says on stderr what it does. @returns {Promise<void>} */
function prepare() {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, 'tools/prepareRuntime.mjs'), '--decoder'], { stdio: ['ignore', 2, 2] })
    child.on('error', () => resolve())
    child.on('close', () => resolve())
  })
}

/** @param {string} program the bundled src/main/video.ts @returns {Promise<string[] | undefined>} undefined where there is no Electron */
export async function findVideoCommand(program) {
  if (!findElectron()) await prepare()
  const exe = findElectron()
  return exe === undefined ? undefined : [exe, ...sandboxArgs, program]
}
