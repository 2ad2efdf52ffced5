// `npm run test:kills`: the tests of test/crash that kill working programs, with 833 kills instead of 200.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { root } from './runtime/paths.mjs'

const files = ['test/crash/kills.test.ts', 'test/crash/commandKills.test.ts', 'test/crash/typingKilled.test.ts']
const { status } = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'crash', '--testTimeout', '1800000', ...files],
  { cwd: root, stdio: 'inherit', env: { ...process.env, EXEMPLAR_KILLS: '500' } },
)
process.exit(status ?? 1)
