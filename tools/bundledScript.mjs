// Vite plugin: `import code from './page?bundled'` returns the module and its imports as the text of a single script for a Chromium page.
// This embeds the program of the hidden page in the program that opens it.
import path from 'node:path'
import { build } from 'vite'
import { LICENSE } from './licences/notices.mjs'

const SUFFIX = '?bundled'
const PREFIX = '\0bundled:'

/** @param {string} entry @returns {Promise<{ code: string, licences: string }>} the licences as Vite's `build.license` writes them */
async function bundleScript(entry) {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'chrome130',
      minify: true,
      license: LICENSE,
      rolldownOptions: { checks: { bundlerTimings: false } },
      lib: { entry, formats: ['iife'], name: 'script' },
    },
  })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) => ('output' in each ? each.output : []))
  const chunk = outputs.find((each) => each.type === 'chunk')
  const licences = outputs.find((each) => each.type === 'asset' && each.fileName === LICENSE.fileName)
  if (!chunk || licences?.type !== 'asset') throw new Error(`${entry} gives no script`)
  return { code: chunk.code, licences: String(licences.source) }
}

/** @returns {import('vite').Plugin} */
export function bundledScript() {
  return {
    name: 'bundled-script',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(SUFFIX)) return null
      const resolved = await this.resolve(source.slice(0, -SUFFIX.length), importer)
      return resolved && PREFIX + resolved.id
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return null
      const entry = id.slice(PREFIX.length)
      const { code, licences } = await bundleScript(entry)
      this.emitFile({ type: 'asset', fileName: `.vite/license-${path.parse(entry).name}.json`, source: licences })
      return `export default ${JSON.stringify(code)}`
    },
  }
}
