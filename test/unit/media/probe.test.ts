import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isCutShort } from '../../../src/main/media/probe'
import { temporaryDirectory } from '../../support/temporaryProject'
import { samples } from '../../support/terminal'

const video = join(samples, 'media/launch_tour.mp4')

test('a whole video is not cut short, nor one with other bytes behind it', async () => {
  expect(await isCutShort(video)).toBe(false)
  const longer = join(temporaryDirectory(), 'longer.mp4')
  writeFileSync(longer, Buffer.concat([readFileSync(video), Buffer.alloc(100)]))
  expect(await isCutShort(longer)).toBe(false)
})

test.each([0.5, 0.9, 0.999])('a video of which a share of %s is left is cut short', async (share) => {
  const whole = readFileSync(video)
  const cut = join(temporaryDirectory(), 'cut.mp4')
  writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * share)))
  expect(await isCutShort(cut)).toBe(true)
})
