import { defineConfig } from '@playwright/test'
import { availableParallelism } from 'node:os'

// One Electron at a time on each display, whose focus its windows share. `packaged` tests a built package.
const workers = process.env.EXEMPLAR_VIRTUAL_DISPLAY && availableParallelism() > 1 ? 2 : 1
const packaged = Boolean(process.env.EXEMPLAR_EXE)

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers,
  ...(workers > 1 && { globalSetup: './test/e2e/moreDisplays.ts' }),
  retries: 1, // the system may be slow for a moment; the results name what passed only then
  timeout: 120_000,
  // A busy machine opens a window in seconds.
  expect: { timeout: 15_000 },
  globalTimeout: 40 * 60_000, // whatever waits for ever ends here, with its name
  forbidOnly: true,
  reporter: 'list',
  projects: [packaged ? { name: 'packaged' } : { name: 'window', testIgnore: 'packaged.spec.ts' }],
})
