// Returns the command with which the command line and the tests start the video decoder: in this checkout's Electron.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { findElectron, root, sandboxArgs } from './paths.mjs'

/** Prepares Electron, which may take a minute, and prints its progress to stderr. @returns {Promise<void>} */
function prepare() {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, 'tools/prepareRuntime.mjs'), '--decoder'], { stdio: ['ignore', 2, 2] })
    child.on('error', () => resolve())
    child.on('close', () => resolve())
  })
}

/** @param {string} program the bundled src/main/video.ts @returns {Promise<string[] | undefined>} undefined if there is no Electron */
export async function findVideoCommand(program) {
  if (!findElectron()) await prepare()
  const exe = findElectron()
  return exe === undefined ? undefined : [exe, ...sandboxArgs, program]
}
