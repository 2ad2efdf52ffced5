import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import path from 'node:path'
import { bundledScript } from './tools/bundledScript.mjs'
import { LICENSE, notices, workerLicences } from './tools/licences/notices.mjs'

// Explicit targets: one bundle for the pinned Electron and for the fallback (Node 20.18, Chromium 130).
const NODE = 'node20'
const CHROME = 'chrome130'

export default defineConfig({
  main: {
    plugins: [bundledScript()],
    build: {
      target: NODE,
      license: LICENSE,
      rolldownOptions: {
        checks: { bundlerTimings: false },
        // Less to parse and fewer files to find before the first image; names stay, for what an error's stack says.
        output: {
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
          codeSplitting: {
            groups: [
              { name: 'core', test: /[\\/]src[\\/](shared|main[\\/](store|project|recipes))[\\/](?!messages[\\/](?!en\.)[a-z]{2}\.)/ },
            ],
          },
        },
        input: { index: 'src/main/index.ts', cli: 'src/main/cli.ts', worker: 'src/main/worker.ts', video: 'src/main/video.ts' },
      },
    },
  },
  preload: {
    // A sandboxed preload must be one CommonJS file.
    build: { target: NODE, license: LICENSE, rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } } },
  },
  // Less to read and to parse: the window is there sooner.
  renderer: {
    build: { target: CHROME, minify: true, license: LICENSE },
    // The guide in the window is the one in docs.
    server: { fs: { allow: [path.resolve('.')] } },
    // The last of the three builds.
    plugins: [react(), notices({ outDir: 'out', bundles: ['out/main', 'out/preload', 'out/renderer'] })],
    worker: { plugins: () => [workerLicences()] },
    // The package opens only its Node entry; the window's worker needs the two files themselves.
    resolve: { alias: [{ find: /^dictionary-en\/(index\.\w+)/, replacement: path.resolve('node_modules/dictionary-en/$1') }] },
  },
})
