import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const node = (name: string, extra = {}) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node',
    setupFiles: ['test/support/temporaryFolder.ts', 'test/support/videoProgram.ts'],
    ...extra,
  },
})

export default defineConfig({
  plugins: [react()],
  test: {
    // Vitest leaves one core idle.
    maxWorkers: '100%',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      // Their modules are read once a process: they hold no state that a test leaves behind.
      node('unit', { isolate: false }),
      node('integration', { isolate: false }),
      node('security'),
      node('crash', { testTimeout: 300_000 }),
      {
        extends: true as const,
        test: { name: 'ui', include: ['test/ui/**/*.test.tsx'], environment: 'jsdom', setupFiles: ['test/ui/setup.ts'], retry: 1 },
      },
    ],
  },
})
