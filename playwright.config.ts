import { defineConfig } from '@playwright/test'

// One Electron at a time: windows share the display, and a project belongs to one process. `packaged` tests a built package.
const packaged = Boolean(process.env.EXEMPLAR_EXE)

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: 1, // the system may be slow for a moment; the results name what passed only then
  timeout: 120_000,
  globalTimeout: 40 * 60_000, // whatever waits for ever ends here, with its name
  forbidOnly: true,
  reporter: 'list',
  projects: [packaged ? { name: 'packaged' } : { name: 'window', testIgnore: 'packaged.spec.ts' }],
})
