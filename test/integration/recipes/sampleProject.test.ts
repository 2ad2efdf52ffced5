import path from 'node:path'
import { expect, test } from 'vitest'
import type { Desktop } from '../../../src/main/calls/parts'
import { createHandlers } from '../../../src/main/calls/handlers'
import { runJob } from '../../../src/main/jobs/runJob'
import { createSession } from '../../../src/main/project/session'
import { temporaryDirectory } from '../../support/temporaryProject'
import { samples } from '../../support/terminal'

const jobOptions = { signal: new AbortController().signal, onProgress: () => undefined }

const session = () =>
  createSession({
    findDamage: () => Promise.resolve(null),
    backUp: () => Promise.resolve(),
    beforeClose: () => Promise.resolve(),
    opened: () => undefined,
    failed: (problem) => {
      throw problem
    },
  })

test('a sample project whose making was interrupted is whole when it is asked for again, and the same afterwards', async () => {
  const documents = temporaryDirectory()
  let fails = true
  const desktop = {
    userData: temporaryDirectory(),
    documents,
    sampleDirectory: samples,
    runJob: (name, input) => (fails ? Promise.reject(new Error('killed')) : runJob(name, input, jobOptions)),
  } satisfies Partial<Desktop> as unknown as Desktop
  const open = session()
  const handlers = createHandlers(desktop, open, {
    drive() {},
    requireIdle() {},
    list: () => [],
    pause: async () => {},
    cancel: async () => {},
    ended: async () => {},
    interruptAll: async () => {},
    imageMaker: undefined,
  })
  await expect(handlers['project.createSample']({})).rejects.toThrow('killed')
  expect(open.current()).toBeUndefined()
  fails = false
  const first = await handlers['project.createSample']({})
  expect(first).toMatchObject({ name: 'Exemplar sample', path: path.join(documents, 'Exemplar sample.exemplar') })
  expect(await handlers['project.stats']({})).toMatchObject({ items: 8, media: 8 })
  expect(await handlers['project.createSample']({})).toEqual(first)
  expect(await handlers['project.stats']({})).toMatchObject({ items: 8 })
  await open.close()
})
