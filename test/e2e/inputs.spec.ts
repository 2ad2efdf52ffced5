import { expect, test } from '@playwright/test'
import path from 'node:path'
import { closeDatabase } from '../../src/main/store/sql/database'
import { makeBigProject } from '../support/bigProject'
import { openReview } from '../support/benchWindow'
import { temporaryUserData } from './launch'
import { readMain } from './projects'
import { pairReady } from './screens'

test('fifty mixed pairs are reviewed by keyboard with at most ninety inputs', async () => {
  const userData = temporaryUserData()
  const directory = path.join(userData, 'fifty.exemplar')
  closeDatabase((await makeBigProject(directory, { items: 25, candidates: 50 })).db)
  const { app, page } = await openReview(directory, userData)
  let inputs = 0
  const press = async (key: string) => {
    inputs++
    await page.keyboard.press(key)
  }
  const pair = page.locator('[data-pair]')
  for (let place = 0; place < 50; place++) {
    await pairReady(page)
    const id = (await pair.getAttribute('data-candidate')) ?? ''
    if (place % 10 === 3) {
      await press('e')
      await expect(pair.locator('textarea').last()).toBeFocused()
      inputs++
      await page.keyboard.type(' That is all.')
      await press('Control+Enter')
    } else if (place % 10 === 6) {
      await press('x')
      await press('1')
    } else await press(place % 10 === 8 ? 'i' : 'a')
    await expect(page.locator(`[data-candidate="${id}"]`)).toHaveCount(0)
  }
  await expect
    .poll(() => readMain(page, 'candidate.counts', {}))
    .toMatchObject({ accepted: 35, edited: 5, rejected: 5, ignored: 5, pending: 0 })
  expect(inputs).toBeLessThanOrEqual(90)
  await app.close()
})
