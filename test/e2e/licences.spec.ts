import { expect, test } from '@playwright/test'
import { launch, temporaryUserData } from './launch'
import { callMain } from './projects'

test('the window has the licenses of what it is made of', async () => {
  const app = await launch(temporaryUserData())
  const answer = await callMain(await app.firstWindow(), 'app.notices', {})
  for (const name of ['Chromium', 'LGPL-2.1-or-later', 'mediabunny', 'nspell', 'better-sqlite3', '@fontsource-variable/inter'])
    expect(answer).toMatchObject({ ok: true, value: expect.stringContaining(name) })
  await app.close()
})
