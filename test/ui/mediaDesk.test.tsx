import { act, fireEvent, screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ContextView } from '../../src/renderer/src/components/ContextView/ContextView'
import { LinkedText } from '../../src/renderer/src/components/text/MediaLinks/LinkedText'
import { LinkMedia } from '../../src/renderer/src/components/text/MediaLinks/MediaLinks'
import { forgetAdjustments } from '../../src/renderer/src/components/MediaViewer/image/adjustments'
import { MediaViewer } from '../../src/renderer/src/components/MediaViewer/MediaViewer'
import { Providers } from '../../src/renderer/src/app/Providers'
import { createQueryClient } from '../../src/renderer/src/api/queries'
import { viewerSettings } from '../../src/renderer/src/components/MediaViewer/viewerSettings'
import type { Context, Media } from '../../src/shared/domain'
import type { Handlers } from './fakeBridge'
import { aMedium, aProject } from './fakeProject'
import { renderWindow } from './render'

HTMLMediaElement.prototype.pause = () => undefined
beforeEach(() => {
  forgetAdjustments()
  viewerSettings.reset()
})

const nothing = () => undefined
const response = 'Two cats and a dog near the hot dogs; the catalogue is shut.'

/** The viewer beside the context and a response, as on the review desk. */
function Desk({ media, context, itemId = 1 }: { readonly media: readonly Media[]; readonly context: Context; readonly itemId?: number }) {
  return (
    <LinkMedia item={{ media, context }}>
      <MediaViewer
        itemId={itemId}
        item={`item ${itemId}`}
        media={media}
        missing={[]}
        context={context}
        projectUuid={aProject().uuid}
        showBoxes
        onToggleBoxes={nothing}
        onSettled={nothing}
      />
      <p data-testid="response">
        <LinkedText text={response} />
      </p>
      <ContextView context={context} />
    </LinkMedia>
  )
}

const box = (label: string, x: number) => ({ label, x, y: 10, width: 60, height: 330, media: 0 })
const boxes = [box('cat', 0), box('dog', 100), box('cat', 200)]
const video = aMedium({ kind: 'video', mime: 'video/mp4', fileName: 'tour.mp4', durationMs: 4000 })
const desk = (media: readonly Media[], context: Context, handlers: Partial<Handlers> = {}) =>
  renderWindow(<Desk media={media} context={context} />, handlers)

const lit = () => [...document.querySelectorAll('[data-testid=response] [data-lit=true]')].map((word) => word.textContent)
const litBoxes = () => [...document.querySelectorAll('[data-testid=boxes] g')].map((each) => each.getAttribute('data-highlighted'))
const said = () => screen.getByTestId('viewer-said').textContent
const turned = () => document.querySelector<HTMLElement>('figure > div')!.style

describe('boxes and words', () => {
  it('point to each other: a word lights up its boxes, a box its words', async () => {
    const { user } = desk([aMedium()], { boxes })
    await user.hover(within(screen.getByTestId('response')).getByText('cats'))
    expect(litBoxes()).toEqual(['true', 'false', 'true'])
    await user.hover(document.querySelectorAll('[data-testid=boxes] g')[1]!)
    expect(litBoxes()).toEqual(['false', 'true', 'false'])
    expect(lit()).toEqual(['dog', 'dogs'])
    await user.unhover(document.querySelectorAll('[data-testid=boxes] g')[1]!)
    expect(lit()).toEqual([])
  })

  it('are walked by key, and said', async () => {
    const { user } = desk([aMedium()], { boxes, captions: ['A cat sleeps.'] })
    await user.keyboard('{Alt>}b{/Alt}')
    expect(litBoxes()).toEqual(['true', 'false', 'false'])
    expect(said()).toBe('Box 1 of 3: cat. 2 words are highlighted.')
    await user.keyboard('{Alt>}bbb{/Alt}')
    expect(said()).toBe('No box is highlighted.')
    await user.keyboard('{Alt>}{Shift>}BB{/Shift}{/Alt}')
    expect(said()).toBe('Box 2 of 3: dog. 2 words are highlighted.')
  })

  it('have labels until W', async () => {
    const { user } = desk([aMedium()], { boxes })
    await user.keyboard('w')
    expect(screen.getByTestId('boxes')).toHaveAttribute('data-labels', 'false')
    expect(said()).toBe('Box labels hidden.')
    await user.keyboard('w')
    expect(screen.getByTestId('boxes')).toHaveAttribute('data-labels', 'true')
  })
})

describe('an image', () => {
  it('turns with R, and its boxes with it', async () => {
    const { user } = desk([aMedium({ width: 640, height: 400 })], { boxes })
    await user.keyboard('r')
    expect(turned().transform).toBe('rotate(90deg)')
    expect(screen.getByTestId('boxes')).toHaveAttribute('viewBox', '0 0 400 640')
    expect(said()).toBe('Rotated 90 degrees.')
    await user.keyboard('rrr')
    expect(turned().transform).toBe('')
  })

  it('becomes brighter and richer by keys, kept for the item until the view is reset', async () => {
    const media = [aMedium()]
    const { user, rerender } = desk(media, { boxes })
    await user.keyboard(']]}}}' + '[['.repeat(3) + '{{'.repeat(2))
    expect(turned().filter).toBe('brightness(90%) contrast(110%)')
    expect(said()).toBe('Contrast 110 %.')
    const show = (itemId: number) =>
      rerender(
        <Providers client={createQueryClient()} env="test">
          <Desk media={media} context={{ boxes }} itemId={itemId} />
        </Providers>,
      )
    show(2)
    expect(turned().filter).toBe('')
    show(1)
    expect(turned().filter).toBe('brightness(90%) contrast(110%)')
    await user.click(screen.getByRole('button', { name: 'Brightness, contrast, rotation' }))
    expect(await screen.findByRole('slider', { name: 'Contrast' })).toHaveAttribute('aria-valuenow', '110')
    await user.click(screen.getByRole('button', { name: 'Reset view' }))
    expect(turned().filter).toBe('')
  })

  it('says of which item it is, why it cannot be shown and what to do, and is tried again', async () => {
    const fault = {
      code: 'bad-media',
      message: 'rocket.jpg: the file is missing from the project.',
      remedy: 'Copy rocket.jpg again.',
      item: null,
    } as const
    const { user } = desk([aMedium()], {}, { 'media.fault': () => fault })
    fireEvent.error(screen.getByAltText('Image rocket.jpg'))
    expect(await screen.findByText('rocket.jpg: the file is missing from the project. Copy rocket.jpg again.')).toBeVisible()
    expect(screen.getByText('Cannot display a media file of item item 1.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(screen.getByAltText('Image rocket.jpg')).toBeInTheDocument()
  })
})

it('a pair blinks turned and lit, and says which of the two is broken', async () => {
  const images = [aMedium(), aMedium({ id: 2, fileName: 'other.jpg' })]
  const fault = { code: 'bad-media', message: 'other.jpg: the file is damaged.', remedy: 'Copy it.', item: null } as const
  const { user } = desk(images, {}, { 'media.fault': ({ id }) => (id === 2 ? fault : null) })
  await user.keyboard('r]k')
  expect(turned()).toMatchObject({ transform: 'rotate(90deg)', filter: 'brightness(110%) contrast(100%)' })
  fireEvent.error(screen.getByAltText('Image other.jpg'))
  expect(await screen.findByText('other.jpg: the file is damaged. Copy it.')).toBeVisible()
})

it('an album is one stop for the tab key, with arrows, Home and End, and each image has its own view', async () => {
  const images = Array.from({ length: 5 }, (_, at) => aMedium({ id: at + 1, fileName: `image ${at + 1}.jpg` }))
  const { user } = desk(images, {})
  const strip = within(screen.getByRole('group', { name: 'Album images, in order' }))
  await user.keyboard('{End}')
  expect(screen.getByAltText('Image image 5.jpg')).toBeInTheDocument()
  expect(said()).toBe('Image 5 of 5: image 5.jpg.')
  await user.keyboard('r{Home}')
  expect(turned().transform).toBe('')
  act(() => strip.getByRole('button', { name: /1 of 5/ }).focus())
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}')
  expect(strip.getByRole('button', { name: /2 of 5/ })).toHaveFocus()
  await user.keyboard('{End}')
  expect(strip.getByRole('button', { name: /5 of 5/ })).toHaveAttribute('aria-current', 'true')
  expect(turned().transform).toBe('rotate(90deg)')
  expect(strip.getAllByRole('button').filter((button) => button.tabIndex === 0)).toHaveLength(1)
})

describe('a video', () => {
  const sentences = [
    { start: 0, end: 1, text: 'A rocket stands.' },
    { start: 1, end: 3, text: 'The engines start.' },
  ]
  async function playable() {
    const element = await screen.findByLabelText<HTMLVideoElement>('Video tour.mp4')
    let time = 0
    Object.defineProperty(element, 'currentTime', {
      get: () => time,
      set: (value: number) => {
        time = value
      },
    })
    Object.defineProperty(element, 'duration', { value: 4 })
    fireEvent.loadedMetadata(element)
    return element
  }

  it('lights up the sentence of the context that is said, brings it into view while it plays, and goes to one that is chosen', async () => {
    const { user } = desk([video], { sentences })
    const element = await playable()
    const shown = vi.spyOn(HTMLElement.prototype, 'scrollIntoView')
    const rowOf = (text: string) =>
      screen
        .getAllByText(text)
        .map((each) => each.closest('li'))
        .find((each) => each !== null)!
    fireEvent.play(element)
    element.currentTime = 1.5
    fireEvent(element, new Event('seeked'))
    expect(rowOf('The engines start.')).toHaveAttribute('aria-current', 'time')
    expect(rowOf('A rocket stands.')).not.toHaveAttribute('aria-current')
    expect(shown.mock.contexts).toContain(rowOf('The engines start.'))
    act(() => within(rowOf('A rocket stands.')).getByRole('button').focus())
    await user.keyboard('{Enter}')
    expect(element.currentTime).toBe(0)
  })

  it('plays slower and faster by key, and the next video as well', async () => {
    const { user, unmount } = desk([video], {})
    const element = await playable()
    await user.keyboard('>>')
    expect(element.playbackRate).toBe(1.5)
    expect(screen.getByTestId('speed')).toHaveTextContent('1.5×')
    expect(said()).toBe('Speed 1.5×.')
    unmount()
    const { user: other } = desk([video], {})
    const next = await playable()
    expect(next.playbackRate).toBe(1.5)
    await other.keyboard('<<<')
    expect(next.playbackRate).toBe(0.75)
  })

  it('has one bar of its own, which stays upright where the video is turned', async () => {
    const { user } = desk([video], {})
    const element = await playable()
    expect(element.controls).toBe(false)
    await user.keyboard('r')
    fireEvent.change(screen.getByRole('slider', { name: 'Position in the video' }), { target: { value: '2.5' } })
    expect(element.currentTime).toBe(2.5)
    await user.click(screen.getByRole('button', { name: 'Mute' }))
    expect(element.muted).toBe(true)
    fireEvent.change(screen.getByRole('slider', { name: 'Volume' }), { target: { value: '0.5' } })
    expect(element.volume).toBe(0.5)
    expect(element.muted).toBe(false)
  })
})
