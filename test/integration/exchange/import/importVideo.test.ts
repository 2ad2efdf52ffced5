import { copyFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { ImportFormat, RecipeId } from '../../../../src/shared/domain'
import { itemsBySourceId, newImportProject, put, samples, type ImportProject } from '../../../support/importProject'
import { importFiles } from '../../../support/inEnglish'

const projects: ImportProject[] = []
afterEach(async () => {
  for (const project of projects.splice(0)) await project.remove()
})

async function newProject(recipe: RecipeId, ...media: readonly string[]): Promise<ImportProject> {
  const project = await newImportProject(recipe)
  projects.push(project)
  for (const name of media) await copyFile(join(samples, 'media', name), join(project.inbox, name))
  return project
}

async function read(project: ImportProject, format: ImportFormat, content: unknown, update = false) {
  const file = await put(project, 'rows.json', JSON.stringify(content))
  return importFiles(project, { format, file, mediaDirectory: project.inbox, update })
}

const storedMedia = (project: ImportProject) => readdir(join(project.directory, 'media')).catch(() => [])

describe('a video in a project whose recipe takes images', () => {
  const records = [
    { id: 'video', video: 'launch_tour.mp4', conversations: [] },
    { id: 'cat', image: 'cat.jpg', conversations: [] },
  ]

  it('is refused with the recipes that take it; the images are imported, and nothing of it stays', async () => {
    const project = await newProject('la', 'launch_tour.mp4', 'cat.jpg')
    expect(await read(project, 'llava', records)).toMatchObject({
      added: 1,
      problems: [
        {
          item: 'video',
          reason:
            'launch_tour.mp4: it is a video, but the recipe la requires images; import it into a project with the recipe dc, tvc, sn, e4d or custom.',
        },
      ],
    })
    expect([...itemsBySourceId(project.db).keys()]).toEqual(['cat'])
    expect(await storedMedia(project)).toHaveLength(1)
  })

  it('is told by its content, and each item that names it says so', async () => {
    const project = await newProject('sd')
    await copyFile(join(samples, 'media/launch_tour.mp4'), join(project.inbox, 'one.jpg'))
    await copyFile(join(samples, 'media/cat.jpg'), join(project.inbox, 'two.jpg'))
    const rows = ['a', 'b'].map((id) => JSON.stringify({ id, media: ['two.jpg', 'one.jpg'], context: { differences: ['x'] } }))
    const file = await put(project, 'rows.jsonl', rows.join('\n'))
    const report = await importFiles(project, { format: 'jsonl', file, mediaDirectory: project.inbox })
    expect(report.problems.map(({ item, reason }) => [item, reason])).toEqual([
      ['a', expect.stringContaining('one.jpg: it is a video, but the recipe sd requires images')],
      ['b', expect.stringContaining('one.jpg: it is a video, but the recipe sd requires images')],
    ])
    expect(await storedMedia(project)).toEqual([])
  })

  it('does not take the place of an image that was missing', async () => {
    const project = await newProject('la')
    const record = { id: 'cat', image: 'cat.jpg', conversations: [] }
    await read(project, 'llava', [record])
    await copyFile(join(samples, 'media/launch_tour.mp4'), join(project.inbox, 'cat.jpg'))
    expect(await read(project, 'llava', [record])).toMatchObject({
      linked: 0,
      problems: [{ item: 'cat', reason: expect.stringContaining('video') }],
    })
    await rm(join(project.inbox, 'cat.jpg'))
    await copyFile(join(samples, 'media/cat.jpg'), join(project.inbox, 'cat.jpg'))
    expect(await read(project, 'llava', [record])).toMatchObject({ linked: 1, problems: [] })
  })
})

describe('an image in place of a video', () => {
  const video = (id: string) => ({ [id]: { duration: 5, timestamps: [[0, 1]], sentences: ['x'] } })

  it('is not found by the name of the video, whose place stays open', async () => {
    const project = await newProject('dc', 'cat.jpg')
    expect(await read(project, 'activitynet', video('cat'))).toMatchObject({ added: 1, mediaAdded: 0, problems: [{ item: 'cat' }] })
    expect(itemsBySourceId(project.db).get('cat')?.missing).toEqual([{ position: 0, name: 'cat' }])
    await copyFile(join(samples, 'media/launch_tour.mp4'), join(project.inbox, 'cat.mp4'))
    expect(await read(project, 'activitynet', video('cat'))).toMatchObject({ linked: 1, problems: [] })
  })

  it('is refused where the files map names it', async () => {
    const project = await newProject('dc', 'cat.jpg')
    const file = await put(project, 'rows.json', JSON.stringify(video('video')))
    const files = await put(project, 'files.json', JSON.stringify({ video: 'cat.jpg' }))
    expect(await importFiles(project, { format: 'activitynet', file, files, mediaDirectory: project.inbox })).toMatchObject({
      added: 0,
      problems: [{ item: 'video', reason: '“cat.jpg” is an image, but a video is required; specify the video instead' }],
    })
    expect(await storedMedia(project)).toEqual([])
  })
})

describe('pairs of images', () => {
  it.each([
    ['sd', 'csv', 'spot-the-diff, mimic-it or jsonl; or list both images of each item in a file map (--files).'],
    ['cgd', 'csv', 'coco, mimic-it or jsonl; or list both images of each item in a file map (--files).'],
    ['sd', 'coco', 'spot-the-diff, mimic-it or jsonl; or list both images of each item in a file map (--files).'],
    ['sd', 'tvc', 'spot-the-diff, mimic-it or jsonl.'],
  ] as const)('in a project of %s, cannot come from %s, and the formats that fit are named', async (recipe, format, formats) => {
    const project = await newProject(recipe, 'cat.jpg')
    const file = await put(project, 'rows', 'file,caption\ncat.jpg,A cat\n')
    await expect(importFiles(project, { format, file, captions: file, mediaDirectory: project.inbox })).rejects.toMatchObject({
      code: 'wrong-use',
      message: `The recipe ${recipe} requires two images per item; the format ${format} has one media file per item.`,
      remedy: `Choose a format that supports the recipe: ${formats}`,
    })
    expect(itemsBySourceId(project.db).size).toBe(0)
  })

  it('can come from a CSV table whose rows have both in the files map', async () => {
    const project = await newProject('sd', 'cat.jpg', 'coffee.jpg')
    const file = await put(project, 'rows.csv', 'id,file,note\npair,cat,one\n')
    const files = await put(project, 'files.json', JSON.stringify({ pair: ['cat.jpg', 'coffee.jpg'] }))
    expect(await importFiles(project, { format: 'csv', file, files, mediaDirectory: project.inbox })).toMatchObject({
      added: 1,
      problems: [],
    })
  })

  it('are not looked for in a table that is taken for another file', async () => {
    const project = await newProject('sd')
    const file = await put(project, 'rows.csv', 'file,caption\ncat.jpg,A cat\n')
    await expect(importFiles(project, { format: 'jsonl', file, mediaDirectory: project.inbox })).rejects.toMatchObject({
      code: 'bad-file',
      remedy: 'Choose another file. The recipe sd supports spot-the-diff, mimic-it or jsonl.',
    })
  })

  const readWith = async (filesMap: Record<string, readonly string[]>) => {
    const project = await newProject('sd', 'cat.jpg', 'coffee.jpg')
    const file = await put(project, 'rows.json', JSON.stringify([{ img_id: 'coins', sentences: ['one is gone'] }]))
    const files = await put(project, 'files.json', JSON.stringify(filesMap))
    return importFiles(project, { format: 'spot-the-diff', file, files, mediaDirectory: project.inbox })
  }

  it('have two images, and are refused with fewer or more', async () => {
    expect(await readWith({ coins: ['cat.jpg', 'coffee.jpg'] })).toMatchObject({ added: 1, problems: [], notes: [] })
    for (const media of [['cat.jpg'], ['cat.jpg', 'coffee.jpg', 'cat.jpg']])
      expect(await readWith({ coins: media })).toMatchObject({
        added: 0,
        problems: [{ item: 'coins', reason: `the recipe sd requires two images per item, but this one has ${media.length}` }],
      })
  })

  it('tell keys of the files map that belong to no row', async () => {
    const wrong = Object.fromEntries(['coinz', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => [key, ['cat.jpg']]))
    expect((await readWith({ coins: ['cat.jpg', 'coffee.jpg'], ...wrong })).notes).toMatchObject([
      {
        file: 'files.json',
        line: null,
        item: null,
        reason: 'no row has the id “coinz”, “b”, “c”, “d”, “e”, and 2 more; these entries of the file map are not used',
      },
    ])
  })
})

it.each(['dc', 'tvc', 'sn', 'e4d', 'custom'] as const)('a video is taken by the recipe %s', async (recipe) => {
  const project = await newProject(recipe, 'launch_tour.mp4')
  const report = await importFiles(project, { format: 'folder', mediaDirectory: project.inbox })
  expect(report).toMatchObject({ added: 1, problems: [] })
})

describe('a video that cannot be decoded', () => {
  const videos = { mpeg4Part2: { duration: 1, timestamps: [], sentences: [] }, gone: { duration: 1, timestamps: [], sentences: [] } }
  const reason =
    'imported, but not usable: mpeg4Part2.mp4: MPEG-4 Part 2 video is not supported on this system. Re-encode it as an H.264 MP4 file and import that file.'
  const placeVideo = (project: ImportProject) =>
    copyFile(join(import.meta.dirname, '../../../fixtures/video/mpeg4Part2.mp4'), join(project.inbox, 'mpeg4Part2.mp4'))

  it('is named again by each import of the same file, also where the video is not in the media folder any more', async () => {
    const project = await newProject('dc')
    await placeVideo(project)
    const problems = [
      { item: 'mpeg4Part2', reason },
      { item: 'gone', reason: expect.stringContaining('without “gone”') },
    ]
    expect(await read(project, 'activitynet', videos)).toMatchObject({ added: 2, problems })
    expect(await read(project, 'activitynet', videos)).toMatchObject({ added: 0, unchanged: 2, problems })
    await rm(join(project.inbox, 'mpeg4Part2.mp4'))
    expect(await read(project, 'activitynet', videos)).toMatchObject({ added: 0, unchanged: 2, problems })
  })

  it('is named where it takes the place of a missing one', async () => {
    const project = await newProject('dc')
    const video = { mpeg4Part2: videos.mpeg4Part2 }
    await read(project, 'activitynet', video)
    await placeVideo(project)
    expect(await read(project, 'activitynet', video)).toMatchObject({ linked: 1, problems: [{ item: 'mpeg4Part2', reason }] })
  })
})

describe('a clip of TVR or TVC', () => {
  const readLines = async (project: ImportProject, ...clips: readonly object[]) => {
    const rows = clips.map((clip) => JSON.stringify({ vid_name: 'launch_tour', descs: [{ desc: 'x' }], ...clip }))
    const file = await put(project, 'clips.jsonl', rows.join('\n'))
    return importFiles(project, { format: 'tvc', file, mediaDirectory: project.inbox })
  }

  it('whose part of the video is left out or impossible is told with its line and is no item about the whole video', async () => {
    const project = await newProject('tvc', 'launch_tour.mp4')
    const impossible = [
      [5, 2],
      [5, 5],
      [-3, -1],
      [40, 50],
    ]
    const clips = [{ ts: [0, 4] }, {}, { ts: null }, { ts: [3] }, ...impossible.map((ts) => ({ ts }))]
    const report = await readLines(project, ...clips.map((clip, index) => ({ ...clip, clip_id: index + 1 })))
    const noClip = (why: string) => `skipped because its clip is not valid: ${why}; fix its times`
    expect(report).toMatchObject({ added: 1, notes: [] })
    expect(report.problems.map(({ line, reason }) => [line, reason]).toSorted()).toEqual([
      [2, expect.stringMatching(/^ts is missing.*add \[start, end\] in seconds, or remove clip_id/)],
      [3, 'ts: expected [start, end] in seconds'],
      [4, 'ts: expected [start, end] in seconds'],
      [5, noClip('it ends (2 s) before it starts (5 s)')],
      [6, noClip('its start and end are the same (5 s)')],
      [7, noClip('it ends before the video starts')],
      [8, noClip('it starts at 40 s, but the video lasts 12 s')],
    ])
    expect([...itemsBySourceId(project.db).keys()]).toEqual(['launch_tour_1'])
  })

  it('is the whole video where a row has neither clip_id nor ts, and a note says so', async () => {
    const project = await newProject('tvc', 'launch_tour.mp4')
    const report = await readLines(project, { clip_id: 1, ts: [0, 4] }, {}, { vid_name: 'gone' })
    expect(report).toMatchObject({
      added: 3,
      problems: [{ item: 'gone', remedy: 'link' }],
      notes: [{ line: 2, reason: 'no clip_id and no ts in this row (and 1 more): treated as a description of the whole video' }],
    })
    expect(itemsBySourceId(project.db).get('launch_tour')?.context).toEqual({ descriptions: ['x'] })
  })
})

describe('times beyond the video', () => {
  const contextOf = (project: ImportProject, id: string) => itemsBySourceId(project.db).get(id)?.context

  it('are told though the annotation has the video longer than it is', async () => {
    const project = await newProject('dc', 'launch_tour.mp4')
    const video = {
      timestamps: [
        [0, 4],
        [3, 20],
        [900, 950],
      ],
      sentences: ['first', 'second', 'third'],
    }
    const report = await read(project, 'activitynet', { launch_tour: { duration: 1000, ...video } })
    expect(report.problems.map(({ reason }) => reason)).toEqual([
      'the sentence “second” ends at 20 s, but the video lasts 12 s; its end is set to the end of the video',
      'the sentence “third” is skipped: it starts at 900 s, but the video lasts 12 s',
    ])
    expect(contextOf(project, 'launch_tour')?.sentences?.map(({ end }) => end)).toEqual([4, 12])
  })

  it('are told though the video is longer than the annotation has it', async () => {
    const project = await newProject('dc', 'launch_tour.mp4')
    const report = await read(project, 'activitynet', { launch_tour: { duration: 5, timestamps: [[6, 8]], sentences: ['late'] } })
    expect(report.problems).toMatchObject([{ reason: 'the sentence “late” is skipped: it starts at 6 s, but the video lasts 5 s' }])
  })

  it('are told of a clip, which is not taken for the whole video, also where its video is found later', async () => {
    const project = await newProject('tvc')
    const clip = { vid_name: 'launch_tour', clip_id: 1, duration: 1000, ts: [20, 30], descs: [{ desc: 'x' }] }
    expect(await read(project, 'tvc', clip)).toMatchObject({ added: 1 })
    expect(contextOf(project, 'launch_tour_1')?.clip).toEqual({ start: 20, end: 30 })
    await copyFile(join(samples, 'media/launch_tour.mp4'), join(project.inbox, 'launch_tour.mp4'))
    const reason = 'skipped because its clip is not valid: it starts at 20 s, but the video lasts 12 s; fix its times'
    const refused = { added: 0, linked: 0, mediaAdded: 0, problems: [{ line: 1, item: 'launch_tour_1', reason }] }
    expect(await read(project, 'tvc', clip)).toMatchObject(refused)
    expect(itemsBySourceId(project.db).get('launch_tour_1')).toMatchObject({ context: { clip: { start: 20 } }, media: [] })
    const other = await newProject('tvc', 'launch_tour.mp4')
    expect(await read(other, 'tvc', clip)).toMatchObject(refused)
    for (const each of [project, other]) expect(await storedMedia(each)).toEqual([])

    expect(await read(project, 'tvc', { ...clip, ts: [2, 4] }, true)).toMatchObject({ updated: 1, problems: [] })
    expect(contextOf(project, 'launch_tour_1')?.clip).toEqual({ start: 2, end: 4 })
  })

  it('are told of a narration, which is left out', async () => {
    const project = await newProject('e4d', 'coffee_pov.webm')
    const steps = [1, 12, 500].map((time) => ({ time, text: `#C does ${time}` }))
    const report = await read(project, 'ego4d', { coffee_pov: { clips: [{ narrations: steps }] } })
    expect(report.problems.map(({ item, reason }) => [item, reason])).toEqual([
      ['coffee_pov_1', 'the narration “#C does 12” is skipped: it is at 12 s, but the video lasts 8 s'],
      ['coffee_pov_2', 'skipped because its clip is not valid: it starts at 500 s, but the video lasts 8 s; fix its times'],
    ])
    expect(contextOf(project, 'coffee_pov_1')?.narrations?.map(({ time }) => time)).toEqual([1])
    expect(contextOf(project, 'coffee_pov_2')).toBeUndefined()
  })

  it('of its own clip are no narration’s either', async () => {
    const project = await newProject('e4d', 'coffee_pov.webm')
    const narrations = [1, 2, 4, 5].map((time) => ({ time, text: `#C does ${time}` }))
    const row = { id: 'x', media: 'coffee_pov.webm', context: { clip: { start: 2, end: 4 }, narrations } }
    expect((await read(project, 'jsonl', row)).problems).toMatchObject([
      { reason: 'the narration “#C does 1” is skipped: it is at 1 s, but the clip ranges from 2 s to 4 s' },
      { reason: 'the narration “#C does 5” is skipped: it is at 5 s, but the clip ranges from 2 s to 4 s' },
    ])
    expect(contextOf(project, 'x')?.narrations?.map(({ time }) => time)).toEqual([2, 4])
  })
})
