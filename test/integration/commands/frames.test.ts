import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../support/temporaryProject'
import { run, samples } from '../../support/terminal'

test('exemplar frames extracts what can be decoded, and lists what cannot', async () => {
  const directory = temporaryDirectory()
  const media = path.join(directory, 'media')
  fs.mkdirSync(media)
  const film = fs.readFileSync(path.join(samples, 'media/launch_tour.mp4'))
  fs.writeFileSync(path.join(media, 'good.mp4'), film)
  film.write('zzz9', film.indexOf('avc1', film.indexOf('stsd', 0, 'latin1'), 'latin1'), 'latin1')
  fs.writeFileSync(path.join(media, 'odd.mp4'), film)
  await run(directory, ['new', 'p', '--recipe', 'dc'])
  expect(await run(directory, ['import', 'p', '--format', 'folder', '--media', 'media'])).toMatchObject({
    code: 1,
    errors: [expect.stringMatching(/^failed: odd\.mp4.*zzz9 video cannot be decoded here\. Re-encode/)],
  })

  const { code, out, errors } = await run(directory, ['frames', 'p', '--count', '3'])
  expect(code).toBe(1)
  expect(errors).toEqual([expect.stringMatching(/^failed: item odd.*zzz9 video cannot be decoded here/)])
  const [[item, frames, folder = ''] = []] = out.map((line) => line.split('\t'))
  expect([item, frames, out.length]).toEqual(['good.mp4', '3 frames', 1])
  expect(fs.readdirSync(folder).toSorted()).toEqual(['0000.jpg', '0001.jpg', '0002.jpg', 'frames.json'])

  expect((await run(directory, ['frames', 'p', '--every', '1', '--count', '3'])).code).toBe(2)
})
