import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkedText } from '../text/MediaLinks/LinkedText'
import { useMediaLinks } from '../text/MediaLinks/MediaLinks'
import { AreaList } from './AreaList'
import { Folded } from './Folded'
import { isRow, shapeOf, type Fields, type Timed, type Value } from './shapes'
import { TimedRow } from './TimedRow'
import classes from './ContextView.module.css'
import { ShownText } from '../text/ShownText'

/** Depth from which nested values are shown as JSON. */
const DEPTH = 5

/** Renders one value of an annotation by its shape: a text, chips, rows, a list with times. `depth` counts the enclosing values. */
export function ValueView({ value, depth = 0 }: { readonly value: Value; readonly depth?: number }): ReactNode {
  const { t } = useTranslation()
  const shape = shapeOf(value)
  if (depth > DEPTH && (shape.kind === 'fields' || shape.kind === 'list')) return <Text text={JSON.stringify(value)} />
  switch (shape.kind) {
    case 'nothing':
      return <span className={classes.quiet}>{t('context.nothing')}</span>
    case 'truth':
      return <span>{t(shape.value ? 'context.yes' : 'context.no')}</span>
    case 'text':
      return <Text text={shape.text} />
    case 'chips':
      return <Chips texts={shape.texts} />
    case 'timed':
      return <TimedList rows={shape.rows} depth={depth} />
    case 'areas':
      return <AreaList areas={shape.areas} />
    case 'fields':
      return <FieldRows fields={shape.fields} depth={depth} />
    case 'list':
      return <List values={shape.values} depth={depth} />
  }
}

function Text({ text }: { readonly text: string }) {
  return (
    <span className={`${classes.text} verbatim`} dir="auto">
      <LinkedText text={text} />
    </span>
  )
}

/** Short words next to each other, such as objects or tags. */
export function Chips({ texts }: { readonly texts: readonly string[] }) {
  return (
    <Folded values={texts}>
      {(shown) => (
        <ul className={classes.chips}>
          {shown.map((text, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- texts may be the same
            <li key={index} className="verbatim" dir="auto">
              <LinkedText text={text} />
            </li>
          ))}
        </ul>
      )}
    </Folded>
  )
}

/** Values one below the other, such as sentences or structured values. */
export function List({ values, depth = 0 }: { readonly values: readonly Value[]; readonly depth?: number }) {
  return (
    <Folded values={values}>
      {(shown) => (
        <ul className={classes.list}>
          {shown.map((value, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- texts may be the same
            <li key={index} className="verbatim" dir="auto">
              <Entry value={value} depth={depth + 1} />
            </li>
          ))}
        </ul>
      )}
    </Folded>
  )
}

function Entry({ value, depth }: { readonly value: Value; readonly depth: number }) {
  if (typeof value === 'string' && value !== '') return <LinkedText text={value} /> // takes the text direction of its list entry
  return isRow(value) ? <InlineFields fields={value} depth={depth} /> : <ValueView value={value} depth={depth} />
}

/** An object of a list in one row, such as a relation of a scene graph: each part after its name. */
function InlineFields({ fields, depth }: { readonly fields: Fields; readonly depth: number }) {
  return (
    <dl className={classes.inline}>
      {Object.entries(fields).map(([name, value]) => (
        <div key={name}>
          <dt className="verbatim" dir="auto">
            <ShownText text={name} />
          </dt>
          <dd>
            <ValueView value={value} depth={depth} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Names on one side, values on the other. */
export function FieldRows({ fields, depth = 0 }: { readonly fields: readonly (readonly [string, Value])[]; readonly depth?: number }) {
  return (
    <Folded values={fields}>
      {(shown) => (
        <dl className={classes.fields}>
          {shown.map(([name, value]) => (
            <div key={name}>
              <dt className="verbatim" dir="auto">
                <ShownText text={name} />
              </dt>
              <dd>
                <ValueView value={value} depth={depth + 1} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Folded>
  )
}

/** Sentences with their times. Next to a video the list is not folded, because any sentence may become current. */
export function TimedList({ rows, depth = 0 }: { readonly rows: readonly Timed[]; readonly depth?: number }) {
  const links = useMediaLinks()
  const list = (shown: readonly Timed[]) => (
    <ol className={classes.timed}>
      {shown.map((row, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a sentence is its place in the list
        <TimedRow key={index} row={row} until={row.end ?? rows[index + 1]?.start ?? Infinity}>
          <Text text={row.text} />
          <More fields={row.more} depth={depth} />
        </TimedRow>
      ))}
    </ol>
  )
  return links?.hasVideo ? list(rows) : <Folded values={rows}>{list}</Folded>
}

/** Remaining fields of an entry next to its text. A single list of words is shown without its name. */
function More({ fields, depth }: { readonly fields: Fields; readonly depth: number }) {
  const given = Object.entries(fields).filter(([, value]) => shapeOf(value).kind !== 'nothing')
  const [first] = given
  if (!first) return null
  if (given.length === 1 && shapeOf(first[1]).kind === 'chips') return <ValueView value={first[1]} depth={depth + 1} />
  return <FieldRows fields={given} depth={depth} />
}
