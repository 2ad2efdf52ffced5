import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { MediaViewer } from '../../src/renderer/src/components/MediaViewer/MediaViewer'
import type { Context, Item, Media } from '../../src/shared/domain'
import { Problem } from '../../src/shared/problem'
import type { Handlers } from './fakeBridge'
import { aMedium, aProject } from './fakeProject'
import { renderWindow } from './render'

HTMLMediaElement.prototype.pause = () => undefined
const nothing = () => undefined

const view = (media: readonly Media[], context: Context = {}, missing: Item['missing'] = [], handlers: Partial<Handlers> = {}) =>
  renderWindow(
    <MediaViewer
      itemId={1}
      item="tour 1"
      media={media}
      missing={missing}
      context={context}
      projectUuid={aProject().uuid}
      showBoxes
      onToggleBoxes={nothing}
      onSettled={nothing}
    />,
    handlers,
  )

const video = (part: Partial<Media> = {}) => aMedium({ kind: 'video', mime: 'video/mp4', fileName: 'tour.mp4', durationMs: 4000, ...part })
const images = (count: number) =>
  Array.from({ length: count }, (_, index) => aMedium({ id: index + 1, fileName: `image ${index + 1}.jpg` }))

/** jsdom plays nothing: a video that goes where it is told to, and says so. */
async function playable(): Promise<HTMLVideoElement> {
  const element = await screen.findByLabelText<HTMLVideoElement>('Video tour.mp4')
  let time = 0
  Object.defineProperty(element, 'currentTime', {
    get: () => time,
    set(value: number) {
      time = value
    },
  })
  Object.defineProperty(element, 'duration', { value: 4 })
  fireEvent.loadedMetadata(element)
  return element
}
const arriveAt = (element: HTMLVideoElement, time: number) => {
  element.currentTime = time
  fireEvent(element, new Event('seeked'))
}

describe('a pair of images', () => {
  it('stands side by side, and blinks in one place with K', async () => {
    const { user } = view(images(2))
    expect(screen.getAllByRole('img')).toHaveLength(2)
    await user.keyboard('k')
    expect(screen.getByText('Showing image 1.jpg')).toBeVisible()
    expect(screen.getByAltText('Image image 1.jpg')).toBeVisible()
    expect(screen.getByAltText('Image image 2.jpg')).not.toBeVisible()
    await user.keyboard('k')
    expect(screen.getByAltText('Image image 2.jpg')).toBeVisible()
    expect(screen.getByAltText('Image image 1.jpg')).not.toBeVisible()
    await user.keyboard('k')
    expect(screen.getByRole('radio', { name: 'Side by side' })).toBeChecked()
  })

  it('shows with D what differs, by the canvas', async () => {
    const drawn: string[] = []
    const context = { globalCompositeOperation: 'source-over', drawImage: () => void drawn.push(context.globalCompositeOperation) }
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation((() => context) as never)
    HTMLImageElement.prototype.decode = () => Promise.resolve()
    const { user } = view(images(2))
    await user.keyboard('d')
    expect(screen.getByRole('img', { name: /Difference between image 1\.jpg and image 2\.jpg/ })).toBeInTheDocument()
    await vi.waitFor(() => expect(drawn).toEqual(['source-over', 'difference', 'lighter', 'lighter']))
    await user.keyboard('d')
    expect(screen.getAllByRole('img')).toHaveLength(2)
  })

  it('has no such views where there is one image', async () => {
    const { user } = view(images(1))
    await user.keyboard('kd')
    expect(screen.getByAltText('Image image 1.jpg')).toBeInTheDocument()
    expect(screen.queryByRole('radio', { name: 'Blink' })).toBeNull()
  })
})

it('shows an album as a strip in order, with keys', async () => {
  const { user } = view(images(5))
  const strip = within(screen.getByRole('group', { name: 'Album images, in order' }))
  expect(strip.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual(
    [1, 2, 3, 4, 5].map((number) => `${number} of 5: image ${number}.jpg`),
  )
  await user.keyboard('{Shift>}{ArrowRight}{ArrowRight}{ArrowLeft}{/Shift}')
  expect(screen.getByAltText('Image image 2.jpg')).toBeInTheDocument()
  await user.click(strip.getByRole('button', { name: /5 of 5/ }))
  await user.keyboard('{Shift>}{ArrowRight}{/Shift}')
  expect(screen.getByAltText('Image image 5.jpg')).toBeInTheDocument()
})

describe('a video', () => {
  const context: Context = {
    sentences: [
      { start: 0.5, end: 1.5, text: 'A rocket stands.' },
      { start: 1, end: 3, text: 'The engines start.' },
    ],
  }

  it('begins where its part of the video begins', async () => {
    const { unmount } = view([video()], { clip: { start: 2.5, end: 4 }, descriptions: [] })
    expect(await screen.findByLabelText('Video tour.mp4')).toHaveAttribute('src', expect.stringMatching(/\/1#t=2\.5$/))
    unmount()
    view([video()], context)
    expect(await screen.findByLabelText('Video tour.mp4')).toHaveAttribute('src', expect.stringMatching(/\/1$/))
  })

  it('steps by exact frames, however long each lasts', async () => {
    const times = [0, 0.04, 0.1, 0.5]
    const { user, bridge } = view([video()], {}, [], { 'media.frameTimes': () => times })
    const element = await playable()
    expect(await screen.findByTestId('frame')).toHaveTextContent('Frame 0')
    const shown = () => times.findLastIndex((time) => time <= element.currentTime)
    const visited: number[] = []
    for (const key of ['.', '.', '.', '.', ',', ',']) {
      await user.keyboard(key)
      fireEvent(element, new Event('seeked'))
      visited.push(shown())
    }
    expect(visited).toEqual([1, 2, 3, 3, 2, 1])
    expect(screen.getByTestId('frame')).toHaveTextContent('Frame 1')
    expect(bridge.calls.some(({ name }) => name === 'media.frameTimes')).toBe(true)
  })

  it('shows by the video itself a frame that cannot be had otherwise', async () => {
    vi.stubGlobal('VideoFrame', () => undefined)
    try {
      const { user, bridge } = view([video()], {}, [], {
        'media.frameTimes': () => [0, 1, 2, 3],
        'media.frame': () => {
          throw new Problem('bad-media', 'tour.mp4: the decoder crashed on the video.', 'Replace the file.')
        },
      })
      const element = await playable()
      expect(await screen.findByTestId('frame')).toHaveTextContent('Frame 0')
      await user.keyboard('.')
      await waitFor(() => expect(element.currentTime).toBe(1.5))
      expect(bridge.calls.filter(({ name }) => name === 'media.frame')).toHaveLength(1)
    } finally {
      vi.unstubAllGlobals()
    }
  })

  it('goes to a sentence that is clicked, and lights up what is said', async () => {
    const { user } = view([video()], context)
    const element = await playable()
    await user.click(screen.getByRole('button', { name: '0:01 to 0:03: The engines start.' }))
    expect(element.currentTime).toBe(1)
    act(() => arriveAt(element, 2))
    const lit = () => screen.getAllByRole('button', { current: 'time' }).map((button) => button.textContent)
    expect(lit()).toEqual(['The engines start.'])
    act(() => arriveAt(element, 1.2))
    expect(lit()).toEqual(['A rocket stands.', 'The engines start.'])
  })

  it('cuts what is said at the end of the video, and names what is not within it', async () => {
    const said = [
      { start: 3, end: 99, text: 'The rocket is gone.' },
      { start: 3, end: 1, text: 'Time runs back.' },
      { start: 20, end: 30, text: 'Nobody sees this.' },
    ]
    view([video()], { sentences: said })
    await playable()
    const track = within(screen.getByRole('group', { name: 'Video timeline' }))
    expect(track.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual(['0:03 to 0:04: The rocket is gone.'])
    expect(screen.getByRole('note')).toHaveTextContent(
      'Outside the video, so not on the timeline: 0:03 to 0:01: Time runs back. · 0:20 to 0:30: Nobody sees this.',
    )
  })

  it('shows subtitles until C', async () => {
    const { user } = view([video()], context)
    const element = await playable()
    expect(screen.queryByTestId('subtitle')).toBeNull()
    act(() => arriveAt(element, 2))
    expect(screen.getByTestId('subtitle')).toHaveTextContent('The engines start.')
    await user.keyboard('c')
    expect(screen.queryByTestId('subtitle')).toBeNull()
  })

  it('loops over the clip with L until L', async () => {
    const { user } = view([video()], { clip: { start: 1, end: 2 } })
    const element = await playable()
    Object.defineProperty(element, 'paused', { value: false })
    await user.keyboard('l')
    expect(element.currentTime).toBe(1)
    expect(screen.getByText('Looping 0:01 to 0:02')).toBeVisible()
    act(() => arriveAt(element, 2.02))
    expect(element.currentTime).toBe(1)
    await user.keyboard('l')
    act(() => arriveAt(element, 2.02))
    expect(element.currentTime).toBe(2.02)
  })

  it('shows narrations, each until the next', async () => {
    const narrations = [
      { time: 0, text: 'C lifts a cup.', objects: [] },
      { time: 2.5, text: 'C drinks.', objects: [] },
    ]
    view([video()], { narrations })
    await playable()
    expect(screen.getByRole('button', { name: '0:00 to 0:02.5: C lifts a cup.' })).toBeVisible()
  })

  it('says why it cannot be played', async () => {
    const fault = {
      code: 'bad-media',
      message: 'tour.mp4: HEVC video is not supported on this system.',
      remedy: 'Re-encode it.',
      item: null,
    } as const
    const { user } = view([video({ problem: 'HEVC video is not supported on this system.' })], {}, [], { 'media.fault': () => fault })
    fireEvent.error(await screen.findByLabelText('Video tour.mp4'))
    expect(await screen.findByText('tour.mp4: HEVC video is not supported on this system. Re-encode it.')).toBeVisible()
    expect(screen.getByRole('note')).toHaveTextContent('Cannot display a media file of item tour 1.')
    expect(screen.getByRole('note')).toHaveTextContent('You can still review the pair from its context.')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByLabelText('Video tour.mp4')).toBeInTheDocument()
  })
})

it('names media that were not found, and how to link them', () => {
  view([], {}, [{ position: 0, name: 'lost.mp4' }])
  const note = screen.getByRole('note')
  expect(note).toHaveTextContent('The import did not find lost.mp4.')
  expect(note).toHaveTextContent('import the annotation file again with the folder that contains it')
  expect(screen.queryByText(/This item has no media/)).toBeNull()
})
