import { screen, within } from '@testing-library/react'
import { describe, expect, it, test } from 'vitest'
import { ContextView } from '../../src/renderer/src/components/ContextView/ContextView'
import { shapeOf } from '../../src/renderer/src/components/ContextView/shapes'
import type { Context } from '../../src/shared/domain'
import { renderWindow } from './render'

const show = (context: Context) => renderWindow(<ContextView context={context} />)
const section = (name: string) => within(screen.getByRole('heading', { name }).closest('section') ?? document.body)
const entries = (name: string) =>
  section(name)
    .getAllByRole('listitem')
    .map((entry) => entry.textContent)

describe('what is known of an item', () => {
  it('shows sentences, narrations, clip and duration with their times', () => {
    show({
      duration: 95.5,
      clip: { start: 4, end: 20 },
      sentences: [{ start: 0, end: 12.3, text: 'A rocket stands.' }],
      narrations: [{ time: 65, text: 'C takes the cup', objects: ['cup', 'table'] }],
    })
    expect(section('Duration').getByText('1:35.5')).toBeVisible()
    expect(section('Clip').getByText('0:04 to 0:20')).toBeVisible()
    expect(entries('Timed sentences')).toEqual(['0:00 to 0:12.3A rocket stands.'])
    expect(section('Narrations').getByText('1:05')).toBeVisible()
    expect(section('Narrations').getByText('table').closest('ul')).toHaveTextContent(/^cuptable$/)
  })

  it('says that there is no difference where that is what is known', () => {
    show({ differences: [], captions: [] })
    expect(section('Differences').getByText('No differences.')).toBeVisible()
    expect(screen.getAllByRole('heading')).toHaveLength(1)
  })

  it('shows an album, captions by image, a conversation and chips for objects', () => {
    show({
      images: [{ title: 'Before the launch', tags: 'rocket dusk', story: ['We waited.'] }],
      captionsOf: [['A cat.'], ['A dog.']],
      conversation: [{ instruction: 'What is it?', response: 'A cat.' }],
      objects: ['bench', 'shelf'],
    })
    expect(section('Album images').getByText('Before the launch')).toBeVisible()
    expect(section('Album images').getByText('rocket').closest('ul')).toHaveTextContent(/^rocketdusk$/)
    expect(section('Captions').getByText('Image 2').nextElementSibling).toHaveTextContent('A dog.')
    expect(entries('Conversation')).toEqual(['What is it?A cat.'])
    expect(entries('Objects')).toEqual(['bench', 'shelf'])
  })

  it('shows a scene graph as labelled rows, nested values below their names, and nowhere JSON', () => {
    show({
      graph: {
        objects: [{ label: 'dog', x: 1, y: 2, width: 30, height: 40 }],
        relations: [{ subject: 'dog', predicate: 'lies on', object: 'grass' }],
      },
      camera: { place: { city: 'Bern', indoors: false }, lens: null, focal: [24, 70] },
      empty: {},
    })
    expect(section('graph').getByText('dog', { selector: 'li > span' }).nextElementSibling).toHaveTextContent('30 × 40 at 1, 2')
    const relation = section('graph').getByText('predicate').closest('li')
    expect(relation).toHaveTextContent('subjectdogpredicatelies onobjectgrass')
    expect(section('camera').getByText('city').nextElementSibling).toHaveTextContent('Bern')
    expect(section('camera').getByText('indoors').nextElementSibling).toHaveTextContent('no')
    expect(section('camera').getByText('lens').nextElementSibling).toHaveTextContent('nothing')
    expect(section('camera').getByText('focal').nextElementSibling).toHaveTextContent('24, 70')
    for (const name of ['graph', 'camera', 'empty'])
      expect(screen.getByRole('heading', { name }).closest('section')?.textContent).not.toMatch(/[{}"[\]]/)
  })

  it('folds a long list and unfolds it when asked', async () => {
    const { user } = show({ captions: Array.from({ length: 40 }, (_, index) => `Caption ${index + 1}.`) })
    expect(entries('Captions')).toHaveLength(10)
    await user.click(screen.getByRole('button', { name: 'Show all 40' }))
    expect(entries('Captions')).toHaveLength(40)
    await user.click(screen.getByRole('button', { name: 'Show fewer' }))
    expect(entries('Captions')).toHaveLength(10)
  })

  it('lets every text have the direction of its script', () => {
    show({ captions: ['قطة على الجدار.'], סוג: 'חתול', sentences: [{ start: 0, end: 1, text: 'مرحبا' }] })
    for (const text of ['قطة على الجدار.', 'סוג', 'חתול', 'مرحبا']) expect(screen.getByText(text)).toHaveAttribute('dir', 'auto')
  })

  it('says so when nothing is known, and shows markup as text', () => {
    const { rerender } = show({ captions: [] })
    expect(screen.getByText('This item has media but no context.')).toBeVisible()
    rerender(<></>)
    show({ note: '<b>bold</b>' })
    expect(section('note').getByText('<b>bold</b>')).toBeVisible()
  })
})

test('values are read by their form: short words as chips, sentences as a list, texts with times as timed', () => {
  expect(shapeOf(['cat', 'dog'])).toEqual({ kind: 'chips', texts: ['cat', 'dog'] })
  expect(shapeOf(['A cat sits.'])).toMatchObject({ kind: 'list' })
  expect(shapeOf([{ timestamp: [1, 2.5], sentence: 'He runs.', score: 3 }])).toEqual({
    kind: 'timed',
    rows: [{ start: 1, end: 2.5, text: 'He runs.', more: { score: 3 } }],
  })
  expect(shapeOf([{ time: -1, text: 'before' }])).toMatchObject({ kind: 'list' })
})
