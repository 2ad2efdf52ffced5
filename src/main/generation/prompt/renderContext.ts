import { Liquid, type LiquidError } from 'liquidjs'
import { isSourceField, type Item } from '../../../shared/domain'
import { messageOf, Problem } from '../../../shared/problem'
import { message, type Text } from '../../../shared/messages/message'
import { seededRandom, shuffle } from '../seededRandom'

/**
 * Formats any JSON value as prompt text: a scalar as it is, a list of scalars as dashed lines, a box as `label: [x, y, width, height]`,
 * other objects as `key: value` in one line. A list begins on a new line.
 */
function describeValue(value: unknown): string {
  if (Array.isArray(value)) return value.map((entry) => `\n- ${describeEntry(entry)}`).join('')
  return describeEntry(value)
}

function describeEntry(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return `[${value.map(describeEntry).join(', ')}]`
  if (typeof value === 'object') return isBox(value) ? describeBox(value) : describeFields(value)
  return String(value).trim()
}

interface BoxLike {
  readonly label: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function isBox(value: object): value is BoxLike {
  const numbers = ['x', 'y', 'width', 'height'].every((key) => typeof Reflect.get(value, key) === 'number')
  return numbers && typeof Reflect.get(value, 'label') === 'string'
}

const describeBox = ({ label, x, y, width, height }: BoxLike) => `${label}: [${[x, y, width, height].map(Math.round).join(', ')}]`

const describeFields = (value: object) =>
  Object.entries(value)
    .map(([key, entry]) => `${key}: ${describeEntry(entry)}`)
    .join(', ')

/** Limits of a runaway template: milliseconds, allocated objects, and characters. */
const limits = { renderLimit: 1_000, memoryLimit: 20_000_000, parseLimit: 200_000 } as const

/** Tags that include other templates; there are none, and no files to read them from. */
const tagsOfOtherTemplates = ['include', 'render', 'layout', 'block']

function createEngine(): Liquid {
  const engine = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    templates: {},
    outputEscape: (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')),
    ...limits,
  })
  for (const tag of tagsOfOtherTemplates) delete engine.tags[tag]
  engine.registerFilter('lines', describeValue)
  engine.registerFilter('sample', sampleList)
  return engine
}

const engine = createEngine()

type ContextRenderer = (item: Item) => string

/** Returns at most `count` entries of a list in random order, always the same for the same seed. */
function sampleList(list: unknown, count: unknown, seed: unknown): unknown[] {
  return Array.isArray(list) ? shuffle(list, seededRandom(String(seed))).slice(0, Number(count)) : []
}

/**
 * Returns the variables of a template: the keys of the context, and in addition `context` (all of it except its licence fields, for listing
 * its fields), `sourceId`, `media` (file names) and `pictures` (`name`, `width`, `height` in pixels, for each medium).
 */
function templateVariables(item: Item): Record<string, unknown> {
  return {
    ...item.context,
    context: Object.fromEntries(Object.entries(item.context).filter(([name]) => !isSourceField(name))),
    sourceId: item.sourceId,
    media: item.media.map(({ fileName }) => fileName),
    pictures: item.media.map(({ fileName, width, height }) => ({ name: fileName, width, height })),
  }
}

/**
 * Compiles a Liquid template that renders the annotation of items as plain text: nothing is escaped, blank lines are collapsed. Lists and
 * objects render as JSON unless the template iterates over them; the filter `lines` formats any value readably, and `sample: count, seed`
 * draws from a list.
 * @throws Problem bad-template with line and column, also from the renderer
 */
export function compileTemplate(source: string): ContextRenderer {
  const render = compiled.get(source) ?? compile(source)
  compiled.delete(source)
  compiled.set(source, render)
  const [oldest] = compiled.keys()
  if (compiled.size > maxCompiled && oldest !== undefined) compiled.delete(oldest)
  return render
}

const maxCompiled = 32

/** Most recently used templates, the latest last: a run uses the same templates for every call. */
const compiled = new Map<string, ContextRenderer>()

function compile(source: string): ContextRenderer {
  const template = attempt(() => engine.parse(source))
  return (item) => {
    const text = attempt(() => String(engine.renderSync(template, templateVariables(item))), item.sourceId)
    return text
      .replace(/[^\S\n]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  }
}

/** Renders the annotation of one item. @throws Problem bad-template */
export function renderContext(source: string, item: Item): string {
  return compileTemplate(source)(item)
}

function attempt<T>(work: () => T, item?: string): T {
  try {
    return work()
  } catch (error) {
    const [line, column] = isLiquidError(error) ? error.token.getPosition() : [0, 0]
    const reason = describeFault(messageOf(error).replace(/, line:\d+, col:\d+$/, ''))
    throw new Problem(
      'bad-template',
      line > 0 ? message('generation.templateFaultAt', { line, column, reason }) : message('generation.templateFault', { reason }),
      message('generation.correctTemplate'),
      {
        cause: error,
        ...(item === undefined ? {} : { item }),
      },
    )
  }
}

/** Describes a fault that Liquid reports. */
function describeFault(words: string): Text {
  const [, tag] = /^tag "(include|render|layout|block)" not found$/.exec(words) ?? []
  return tag === undefined ? words : message('generation.tagNotAvailable', { tag })
}

function isLiquidError(error: unknown): error is LiquidError & { token: { getPosition(): [number, number] } } {
  return (
    error instanceof Error && 'token' in error && typeof error.token === 'object' && error.token !== null && 'getPosition' in error.token
  )
}
