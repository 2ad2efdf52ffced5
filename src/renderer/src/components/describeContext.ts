import type { TFunction } from 'i18next'
import type { Context } from '../../../shared/domain'
import { clock } from './MediaViewer/segments'

/** A field of a context as people read it: its name, and its values, each a text of one or more lines. */
export interface ContextField {
  readonly name: string
  readonly values: readonly string[]
}

/** Every field but captions and boxes, which are shown in ways of their own. Fields that the application does not know keep their name. */
export function describeContext({ captions: _captions, boxes: _boxes, ...context }: Context, t: TFunction): readonly ContextField[] {
  return Object.entries(context).flatMap(([key, value]): ContextField[] => {
    if (key === 'captionsOf')
      return (context.captionsOf ?? []).map((values, index) => ({ name: t('context.captionsOf', { number: index + 1 }), values }))
    if (!isKnown(key)) return [{ name: key, values: Array.isArray(value) ? value.map(asText) : [asText(value)] }]
    return [{ name: t(`context.names.${key}`), values: describers[key](context, t) }]
  })
}

const span = ({ start, end }: { readonly start: number; readonly end: number }, t: TFunction) =>
  t('context.span', { start: clock(start), end: clock(end) })

const lines = (...parts: readonly string[]) => parts.filter(Boolean).join('\n')

/** The fields of the recipes, each in the way it is best read. */
const describers = {
  conversation: ({ conversation = [] }) => conversation.map(({ instruction, response }) => lines(instruction, response)),
  differences: ({ differences = [] }) => differences,
  title: ({ title = '' }) => [title],
  description: ({ description = '' }) => [description],
  images: ({ images = [] }, t) => images.map(({ title, tags, story }) => lines(title, tags && t('context.tags', { tags }), ...story)),
  duration: ({ duration = 0 }) => [clock(duration)],
  clip: ({ clip }, t) => (clip ? [span(clip, t)] : []),
  sentences: ({ sentences = [] }, t) => sentences.map((each) => t('context.timed', { time: span(each, t), text: each.text })),
  descriptions: ({ descriptions = [] }) => descriptions,
  objects: ({ objects = [] }) => objects,
  activities: ({ activities = [] }) => activities,
  narrations: ({ narrations = [] }, t) =>
    narrations.map(({ time, text, objects }) =>
      lines(
        t('context.timed', { time: clock(time), text }),
        objects.length > 0 ? t('context.inView', { objects: objects.join('; ') }) : '',
      ),
    ),
} as const satisfies Partial<Record<keyof Context, (context: Context, t: TFunction) => readonly string[]>>

const isKnown = (key: string): key is keyof typeof describers => Object.hasOwn(describers, key)

/** Any JSON value as words: lists by commas, objects as `key: value`. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(', ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, entry]) => `${key}: ${asText(entry)}`)
      .join('; ')
  return String(value ?? '')
}
