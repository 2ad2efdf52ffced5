import BetterSqlite3 from 'better-sqlite3'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../support/temporaryProject'
import { run, samples } from '../../support/terminal'

test('exemplar frames extracts what can be decoded, and lists what cannot', async () => {
  const directory = temporaryDirectory()
  const media = path.join(directory, 'media')
  fs.mkdirSync(media)
  const video = fs.readFileSync(path.join(samples, 'media/launch_tour.mp4'))
  fs.writeFileSync(path.join(media, 'good.mp4'), video)
  video.write('zzz9', video.indexOf('avc1', video.indexOf('stsd', 0, 'latin1'), 'latin1'), 'latin1')
  fs.writeFileSync(path.join(media, 'odd.mp4'), video)
  await run(directory, ['new', 'p', '--recipe', 'dc'])
  expect(await run(directory, ['import', 'p', '--format', 'folder', '--media', 'media'])).toMatchObject({
    code: 1,
    errors: [expect.stringMatching(/^failed: odd\.mp4.*zzz9 video is not supported on this system\. Re-encode/)],
  })

  const { code, out, errors } = await run(directory, ['frames', 'p', '--count', '3'])
  expect(code).toBe(1)
  expect(errors).toEqual([expect.stringMatching(/^failed: item odd.*zzz9 video is not supported on this system/)])
  const [[item, frames, folder = ''] = []] = out.map((line) => line.split('\t'))
  expect([item, frames, out.length]).toEqual(['good.mp4', '3 frames', 1])
  expect(fs.readdirSync(folder).toSorted()).toEqual(['0000.jpg', '0001.jpg', '0002.jpg', 'frames.json'])

  expect((await run(directory, ['frames', 'p', '--every', '1', '--count', '3'])).code).toBe(2)
})

test('exemplar list --items names media that are missing, and why others cannot be used', async () => {
  const directory = temporaryDirectory()
  const media = path.join(directory, 'media')
  fs.mkdirSync(media)
  const video = fs.readFileSync(path.join(samples, 'media/launch_tour.mp4'))
  fs.writeFileSync(path.join(media, 'good.mp4'), video)
  video.write('zzz9', video.indexOf('avc1', video.indexOf('stsd', 0, 'latin1'), 'latin1'), 'latin1')
  fs.writeFileSync(path.join(media, 'odd.mp4'), video)
  const rows = [
    { id: 'fine', media: 'good.mp4' },
    { id: 'poor', media: ['gone.jpg', 'odd.mp4'] },
  ]
  fs.writeFileSync(path.join(directory, 'items.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'))
  await run(directory, ['new', 'p', '--recipe', 'custom'])
  await run(directory, ['import', 'p', '--format', 'jsonl', '--file', 'items.jsonl', '--media', 'media'])

  const problem = expect.stringMatching(/^zzz9 video is not supported on this system\./)
  expect((await run(directory, ['list', 'p', '--items'])).out).toEqual([
    'fine\tgood.mp4',
    expect.stringMatching(/^poor\todd\.mp4\tmissing: gone\.jpg; odd\.mp4: zzz9 video is not supported on this system\./),
  ])
  expect(JSON.parse((await run(directory, ['list', 'p', '--items', '--json'])).out.join('\n'))).toEqual([
    { id: 'fine', media: ['good.mp4'], missing: [], problems: [], context: {} },
    {
      id: 'poor',
      media: ['odd.mp4'],
      missing: [{ position: 0, name: 'gone.jpg' }],
      problems: [{ media: 'odd.mp4', problem }],
      context: {},
    },
  ])
})

test('exemplar frames takes of each item its part of the video, into the folder that its export reads', async () => {
  const directory = temporaryDirectory()
  const clips = [
    { vid_name: 'launch_tour', clip_id: 1, duration: 12, ts: [0, 4.2], descs: [{ desc: 'A rocket stands on its pad.' }] },
    { vid_name: 'launch_tour', clip_id: 2, duration: 12, ts: [8, 12], descs: [{ desc: 'An astronaut smiles.' }] },
  ]
  fs.writeFileSync(path.join(directory, 'clips.jsonl'), clips.map((clip) => JSON.stringify(clip)).join('\n'))
  await run(directory, ['new', 'p', '--recipe', 'tvc'])
  const media = path.join(samples, 'media')
  await run(directory, ['import', 'p', '--format', 'tvc', '--file', 'clips.jsonl', '--media', media])

  const { code, out } = await run(directory, ['frames', 'p'])
  expect(code).toBe(0)
  const lines = out.map((line) => line.split('\t'))
  expect(lines.map(([item, frames, folder = '']) => [item, frames, path.basename(folder)])).toEqual([
    ['launch_tour_1', '16 frames', 'even-16-from-0-to-4200'],
    ['launch_tour_2', '16 frames', 'even-16-from-8000-to-12000'],
  ])

  await run(directory, ['generate', 'p'])
  const drafts = JSON.parse((await run(directory, ['list', 'p', '--candidates', '--json'])).out.join('\n')) as { id: number }[]
  const decisions = drafts.map(({ id }) => JSON.stringify({ candidate: id, verdict: 'accept', reviewer: 'Ada' }))
  fs.writeFileSync(path.join(directory, 'decisions.jsonl'), decisions.join('\n'))
  await run(directory, ['decide', 'p', '--file', 'decisions.jsonl'])
  const video = path.dirname(lines[0]?.[2] ?? '')
  const before = fs.readdirSync(video).toSorted()
  expect((await run(directory, ['export', 'p', '--format', 'mimic-it', '--out', 'set'])).code).toBe(0)
  expect(fs.readdirSync(video).toSorted()).toEqual(before)
})

test('exemplar frames says what to do about an item that fails, and which distances it takes', async () => {
  const directory = temporaryDirectory()
  const row = { id: 'late', media: ['launch_tour.mp4'], context: { clip: { start: 5, end: 10 } } }
  fs.writeFileSync(path.join(directory, 'items.jsonl'), JSON.stringify(row))
  await run(directory, ['new', 'p', '--recipe', 'tvc'])
  await run(directory, ['import', 'p', '--format', 'jsonl', '--file', 'items.jsonl', '--media', path.join(samples, 'media')])
  const db = new BetterSqlite3(path.join(directory, 'p.exemplar', 'project.sqlite'))
  db.prepare(`UPDATE context SET body = ?`).run(JSON.stringify({ clip: { start: 500, end: 510 } }))
  db.close()
  const { code, errors } = await run(directory, ['frames', 'p'])
  expect(code).toBe(1)
  expect(errors).toEqual([
    expect.stringMatching(/^failed: item late: .*outside the video.* → Fix the times of the item in its source file .*--update/),
  ])

  const wrong = await run(directory, ['frames', 'p', '--every', '0.0001'])
  expect(wrong.code).toBe(2)
  expect(wrong.errors.join('\n')).toContain('It must be a number of seconds from 0.001 up.')
})
