// Creates bundles that match their current sources. Each state of the sources has its own folder, created under a temporary name and
// renamed: programs that start at the same time never see an incomplete bundle, and a running program keeps its files.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { root } from './runtime/paths.mjs'

const HOUR = 3_600_000
/** Programs that the main process starts and expects next to its own bundle. */
const STARTED = ['video=src/main/video.ts']

/** Lists files, ignoring those that disappear meanwhile. @param {string} file a file or folder @returns {string[]} the files in it */
function filesIn(file) {
  const found = fs.statSync(file, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found ? [file] : []
  return fs.readdirSync(file).flatMap((name) => filesIn(path.join(file, name)))
}

/** Returns a hash that changes with every added, changed or removed file. @param {string[]} sources @returns {string} */
function fingerprint(sources) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesIn(path.join(root, source))).toSorted()) {
    const found = fs.statSync(file, { throwIfNoEntry: false })
    if (found) hash.update(`${file}\0${found.mtimeMs}\0${found.size}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

/** Removes bundles that were created more than an hour ago. @param {string} prefix @param {string} current */
function removeOld(prefix, current) {
  const out = path.join(root, 'out')
  for (const name of fs.readdirSync(out)) {
    const folder = path.join(out, name)
    const age = Date.now() - (fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (name.startsWith(prefix) && folder !== current && age > HOUR) fs.rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Bundles `entry` unless a bundle of exactly these sources exists. Prints only errors, to stderr.
 * @param {{ name: string, entry: string, sources: string[] }} options paths relative to the project @returns {string} the bundle's file
 */
export function freshBundle({ name, entry, sources }) {
  return path.join(freshBundles({ name, entries: { [name]: entry }, sources }), `${name}.js`)
}

/**
 * Bundles several entries together, which is faster than one by one.
 * @param {{ name: string, entries: Record<string, string>, sources: string[] }} options
 * @returns {string} the folder with a `.js` file for each entry
 */
export function freshBundles({ name, entries, sources }) {
  const all = [
    ...sources,
    'resources/sample/recordedDrafts.json',
    'package.json',
    'package-lock.json',
    'tools/bundle.mjs',
    'tools/bundledScript.mjs',
    'tools/licences',
  ]
  const state = fingerprint(all)
  const folder = path.join(root, 'out', `${name}-${state}`)
  if (fs.existsSync(folder)) return folder
  const started = sources.some((source) => ['src', 'src/main'].includes(source)) ? STARTED : []
  const inputs = Object.entries(entries).map(([each, entry]) => `${each}=${entry}`)
  const aside = `${folder}.${process.pid}`
  const { status } = spawnSync(process.execPath, [path.join(root, 'tools/bundle.mjs'), aside, ...inputs, ...started], {
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) {
    fs.rmSync(aside, { recursive: true, force: true })
    if (fingerprint(all) !== state) return freshBundles({ name, entries, sources }) // a file was moved during the build
    throw new Error(`${Object.values(entries).join(', ')} does not build, see above.`)
  }
  try {
    fs.renameSync(aside, folder)
  } catch (error) {
    fs.rmSync(aside, { recursive: true, force: true })
    if (!fs.existsSync(folder)) throw error // otherwise another program was faster
  }
  removeOld(`${name}-`, folder)
  return folder
}
