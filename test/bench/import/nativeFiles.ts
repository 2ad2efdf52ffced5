import fs from 'node:fs'
import type { NewItem } from '../../support/saveItem'
import type { RecipeId } from '../../../src/shared/domain'
import { sizeOf } from '../../support/figures'

/** A file of annotations in its published form, and what an import makes of each of its rows. */
interface NativeFile {
  readonly recipe: RecipeId
  readonly rows: number
  readonly brackets: readonly [string, string]
  readonly textOf: (index: number) => string
  readonly itemOf: (index: number) => NewItem
}
export type NativeForm = 'activitynet' | 'spot-the-diff'

const eventsOf = (index: number) => [
  { start: 0, end: 41.25, text: `A person enters room ${index} and looks around.` },
  { start: 40, end: 118.5, text: 'She sits down and begins to read a book by the window.' },
]

/** Between none and three sentences, two of them on average, as the published file has them. */
const differencesOf = (index: number) =>
  [
    `there are ${index % 97} more people near the white van in the left image`,
    'the black car is no longer in the parking lot',
    'the person in the red shirt has moved towards the door',
  ].slice(0, [1, 2, 2, 3, 1, 2, 3, 2, 0, 2][index % 10])

export const nativeFiles = {
  /** `{video: {duration, timestamps, sentences}}`; a million rows */
  activitynet: {
    recipe: 'dc',
    rows: sizeOf(1_000_000, 2000),
    brackets: ['{', '}'],
    textOf: (index) => {
      const events = eventsOf(index)
      const timestamps = events.map(({ start, end }) => [start, end])
      return `"v_${index}": ${JSON.stringify({ duration: 120.5, timestamps, sentences: events.map(({ text }) => ` ${text}`) })}`
    },
    itemOf: (index) => ({
      sourceId: `v_${index}`,
      context: { duration: 120.5, sentences: eventsOf(index) },
      mediaIds: [{ missing: `v_${index}` }],
    }),
  },
  /** `[{img_id, sentences}]`; as many rows as the published train.json */
  'spot-the-diff': {
    recipe: 'sd',
    rows: sizeOf(9524, 500),
    brackets: ['[', ']'],
    textOf: (index) => JSON.stringify({ img_id: String(index), sentences: differencesOf(index) }),
    itemOf: (index): NewItem => {
      const differences = differencesOf(index)
      return {
        sourceId: String(index),
        context: { differences },
        mediaIds: [{ missing: `${index}_1` }, { missing: `${index}_2` }],
      }
    },
  },
} as const satisfies Record<NativeForm, NativeFile>

/** Writes a native file, one row a line. */
export function writeNative(file: string, form: NativeForm): void {
  const { rows, brackets, textOf }: NativeFile = nativeFiles[form]
  const handle = fs.openSync(file, 'w')
  for (let from = 0; from < rows; from += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - from) }, (_, index) => textOf(from + index))
    fs.writeSync(handle, `${from === 0 ? brackets[0] : ',\n'}${lines.join(',\n')}`)
  }
  fs.writeSync(handle, brackets[1])
  fs.closeSync(handle)
}
