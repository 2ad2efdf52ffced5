// Vite plugin: writes the licences of all parts of a build into one text file next to it. The build fails if a licence is not in the list
// of allowed ones.
import fs from 'node:fs'
import path from 'node:path'
import { require, root, wantedVersion } from '../runtime/paths.mjs'
import { isAllowed } from './allowed.mjs'

export const NOTICES = 'third-party-notices.txt'
/** Licence file that Vite's `build.license` writes for each bundle. */
export const LICENSE = { fileName: '.vite/license.json' }

/** Bundled as data: Vite sees no code of these packages. */
const DATA = ['@fontsource-variable/inter', 'dictionary-en']

/** @typedef {{ name: string, version: string, identifier: string | null, text: string | null }} Part */

/** @param {string} folder a package @returns {string | null} */
function readLicence(folder) {
  const names = fs.readdirSync(folder).filter((name) => /^(?:licen[cs]e|copying|notice|third[-_]party)/i.test(name))
  const texts = names.map((name) => path.join(folder, name)).filter((file) => fs.statSync(file).isFile())
  const readme = path.join(folder, 'README.md') // sharp's libraries list their licences there
  if (texts.length === 0 && fs.existsSync(readme)) return fs.readFileSync(readme, 'utf8').trim()
  return texts.length > 0 ? texts.map((file) => fs.readFileSync(file, 'utf8').trim()).join('\n\n') : null
}

/** @param {string} folder a package @returns {Part} */
function readPackage(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  return { name, version, identifier: license ?? null, text: readLicence(folder) }
}

/** Lists the packages of `dependencies`, with their own dependencies, that are shipped unbundled. @returns {string[]} their folders */
export function shippedPackages() {
  const { packages } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(packages)
    .filter(([place, { dev, devOptional }]) => place !== '' && !dev && !devOptional)
    .map(([place]) => path.join(root, place))
    .filter((folder) => fs.existsSync(path.join(folder, 'package.json')))
}

/** @param {Part[]} parts @returns {Part[]} each package once, sorted by name */
function sortParts(parts) {
  const unique = new Map(parts.map((part) => [`${part.name} ${part.version}`, part]))
  return [...unique.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part)
}

/** @param {Part[]} parts @throws Error that lists each part whose licence is not allowed */
export function refuseUnknown(parts) {
  const refused = parts.filter(({ identifier }) => !isAllowed(identifier))
  if (refused.length === 0) return
  const list = refused.map(({ name, version, identifier }) => `${name} ${version}: ${identifier ?? 'no licence'}`).join('\n')
  throw new Error(`Licences that are not allowed in a release (tools/licences/allowed.mjs):\n${list}`)
}

/** Returns where the source of a package is, which LGPL and MPL require. @param {string} name @returns {string} */
function sourceOf(name) {
  const file = path.join(root, 'node_modules', name, 'package.json')
  const { repository } = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
  const address = String(repository?.url ?? repository ?? '')
    .replace(/^git\+/, '')
    .replace(/\.git$/, '')
  const short = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(address)
  return short ? `https://github.com/${short[1]}` : address.replace(/^(?:git|ssh):\/\/(?:git@)?/, 'https://') || `the package ${name}`
}

/** @param {Part[]} parts @returns {string} */
export function formatNotices(parts) {
  const electron = fs.readFileSync(path.join(path.dirname(require.resolve('electron/package.json')), 'LICENSE'), 'utf8').trim()
  const sections = parts.map(({ name, version, identifier, text }) =>
    `${name} ${version}\nLicence: ${identifier}\nSource: ${sourceOf(name)}\n\n${(text ?? '').trim()}`.trim(),
  )
  const texts = ['LGPL-3.0', 'GPL-3.0'].map((name) =>
    fs.readFileSync(path.join(root, 'tools/licences/texts', `${name}.txt`), 'utf8').trim(),
  )
  const head = [
    'Exemplar is under the MIT licence (LICENSE). It contains the work of others, under these licences.',
    `Electron ${wantedVersion}\nLicence: MIT\n\n${electron}`,
    'Chromium, with FFmpeg (LGPL-2.1-or-later, built without its GPL parts)\nLicence: BSD-3-Clause and others; the file LICENSES.chromium.html in the folder of the program has them all.\nSource: https://chromium.googlesource.com/chromium/src and https://chromium.googlesource.com/chromium/third_party/ffmpeg',
  ]
  return [...head, ...sections, 'The texts that LGPL-3.0-or-later refers to', ...texts].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n'
}

/** Vite plugin for workers, which `build.license` ignores: writes the licences of their parts. @returns {import('vite').Plugin} */
export function workerLicences() {
  return {
    name: 'worker-licences',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((each) => (each.type === 'chunk' ? each.moduleIds : []))
      const folders = new Set(modules.map((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0]))
      const parts = [...folders].filter((folder) => folder !== undefined).map(readPackage)
      const name = Object.values(bundle).find((each) => each.type === 'chunk')?.name ?? 'worker'
      this.emitFile({ type: 'asset', fileName: `.vite/license-${name}.json`, source: JSON.stringify(parts) })
    },
  }
}

/** Writes a file atomically: a reader gets the old or the new file, even during another build. @param {string} file @param {string} text */
function writeWhole(file, text) {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(temporary, text)
    fs.renameSync(temporary, file)
  } finally {
    fs.rmSync(temporary, { force: true })
  }
}

/**
 * @param {{ outDir: string, bundles: string[] }} places the folder of the file, and the out folders of all builds that it covers
 * @returns {import('vite').Plugin}
 */
export function notices({ outDir, bundles }) {
  return {
    name: 'notices',
    apply: 'build',
    // Not `closeBundle`, which is also called after a failed build: its error about a missing folder would hide the cause.
    writeBundle() {
      const files = bundles.flatMap((folder) => {
        const place = path.join(folder, '.vite')
        return fs.existsSync(place) ? fs.readdirSync(place).map((name) => path.join(place, name)) : []
      })
      const bundled = files.filter((file) => /license.*\.json$/.test(file)).flatMap((file) => JSON.parse(fs.readFileSync(file, 'utf8')))
      const data = DATA.map((name) => readPackage(path.join(root, 'node_modules', name)))
      const parts = sortParts([...bundled, ...data, ...shippedPackages().map(readPackage)])
      refuseUnknown(parts)
      writeWhole(path.join(outDir, NOTICES), formatNotices(parts))
    },
  }
}
