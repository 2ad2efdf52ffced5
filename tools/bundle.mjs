// Bundles TypeScript entries for Node, for the command line and the benches. Runs as a separate program, so that build output never mixes
// with the caller's output: `node tools/bundle.mjs OUT_FOLDER NAME=ENTRY …`.
import path from 'node:path'
import { build } from 'vite'
import { bundledScript } from './bundledScript.mjs'
import { LICENSE, notices } from './licences/notices.mjs'
import { root } from './runtime/paths.mjs'

// Native modules and programs stay in node_modules; out folders are two levels below the root, like out/main.
const NATIVE = ['better-sqlite3', 'sharp', 'electron']
const EXTERNAL = [...NATIVE, /^playwright/, /^@playwright\//]

const [outDir = '', ...entries] = process.argv.slice(2)
const input = Object.fromEntries(entries.map((entry) => entry.split('=')))
const folder = path.resolve(root, outDir)
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  plugins: [bundledScript(), notices({ outDir: folder, bundles: [folder] })],
  build: {
    ssr: true,
    target: 'node20', // the video program runs in Electron
    outDir: folder,
    license: LICENSE,
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input,
      external: EXTERNAL,
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: NATIVE },
})
