// electron-builder for this project: `npm run package -- [--smoke] --linux dir tar.gz`. A release always uses the pinned Electron.
// `--smoke` creates a package for tests in dist/smoke: Playwright can attach to it, and it may use the fallback runtime.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { findBinaries, findGplMarks } from './licences/gplMarks.mjs'
import { shippedPackages } from './licences/notices.mjs'
import { requireRuntime, root, wantedVersion } from './runtime/paths.mjs'
import { findProgram } from './runtime/system.mjs'

const args = process.argv.slice(2)
const smoke = args.includes('--smoke')
const runtime = requireRuntime()
const env = { ...process.env }
const extra = []

if (runtime.kind === 'fallback' && !smoke) {
  console.error(
    `package: refused. Releases need Electron ${wantedVersion}, and this machine has only ${runtime.version}. For a test package, add --smoke.`,
  )
  process.exit(1)
}
if (smoke) {
  extra.push(
    '-c.directories.output=dist/smoke',
    '-c.artifactName=${name}-${version}-smoke-electron' + runtime.version + '-${arch}.${ext}',
    '-c.electronFuses.enableNodeCliInspectArguments=true',
  )
  env.ELECTRON_BUILDER_COMPRESSION_LEVEL ??= '1'
}
if (runtime.kind === 'fallback') {
  extra.push(`-c.electronDist=${runtime.dist}`, `-c.electronVersion=${runtime.version}`, '-c.afterPack=tools/afterPackFallback.mjs')
  // electron-builder would download these two.
  const sevenZip = findProgram('7za')
  if (sevenZip) env.ELECTRON_BUILDER_7ZIP_PATH ??= sevenZip
  else console.warn('package: archives need 7za here (apt-get install p7zip-full)')
  env.CUSTOM_FPM_PATH ??= path.join(root, 'tools/fpm.mjs')
}
const binaries = [runtime.dist, ...shippedPackages()].flatMap(findBinaries)
const underGpl = binaries.map((file) => ({ file, marks: findGplMarks(file) })).filter(({ marks }) => marks.length > 0)
if (underGpl.length > 0) {
  for (const { file, marks } of underGpl)
    console.error(`package: refused. ${file} holds ${marks.join(', ')}, and the release is under MIT.`)
  process.exit(1)
}
const program = path.join(root, 'node_modules/electron-builder/cli.js')
const { status } = spawnSync(process.execPath, [program, ...args.filter((a) => a !== '--smoke'), ...extra], {
  cwd: root,
  env,
  stdio: 'inherit',
})
process.exit(status ?? 1)
