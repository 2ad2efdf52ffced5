// Vite plugin: `import code from './page?bundled'` gives the module and all that it imports as the text of one script for a
// page of Chromium. So the program of the hidden page travels inside the program that opens it.
import { build } from 'vite'

const SUFFIX = '?bundled'
const PREFIX = '\0bundled:'

/** @param {string} entry @returns {Promise<string>} */
async function bundleScript(entry) {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'chrome130', minify: true, lib: { entry, formats: ['iife'], name: 'script' } },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const chunk = outputs.flatMap((each) => ('output' in each ? each.output : [])).find((each) => each.type === 'chunk')
  if (!chunk) throw new Error(`${entry} gives no script`)
  return chunk.code
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
      return id.startsWith(PREFIX) ? `export default ${JSON.stringify(await bundleScript(id.slice(PREFIX.length)))}` : null
    },
  }
}
