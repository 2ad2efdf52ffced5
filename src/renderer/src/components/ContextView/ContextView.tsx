import { Text } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlbumImage, Context } from '../../../../shared/domain'
import { Highlighted } from '../text/Highlighted'
import { clock } from '../MediaViewer/video/segments'
import { LinkedText } from '../text/MediaLinks/LinkedText'
import { AreaList } from './AreaList'
import { Folded } from './Folded'
import { Chips, List, TimedList, ValueView } from './ValueView'
import classes from './ContextView.module.css'
import { ShownText } from '../text/ShownText'

interface Props {
  readonly context: Context
  /** Whether each box shows the image that it belongs to. */
  readonly severalMedia?: boolean
}

/** Shows the context of an item: known fields by their meaning, all others by the shape of their values. */
export const ContextView = memo(function ContextView({ context, severalMedia = false }: Props) {
  const { t } = useTranslation()
  // An empty list of differences is information too.
  const fields = Object.entries(context).filter(([name, value]) => name === 'differences' || !(Array.isArray(value) && value.length === 0))
  if (fields.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('context.empty')}
      </Text>
    )
  return (
    <div className={classes.context}>
      {fields.map(([name, value]) => (
        <section key={name}>
          <h3 className={`${classes.label} verbatim`} dir="auto">
            <ShownText text={isKnown(name) ? t(`context.fields.${name}`) : name} />
          </h3>
          {isKnown(name) ? <KnownField name={name} context={context} severalMedia={severalMedia} /> : <ValueView value={value} />}
        </section>
      ))}
    </div>
  )
})

const known = [
  'captions',
  'captionsOf',
  'boxes',
  'conversation',
  'differences',
  'title',
  'description',
  'images',
  'duration',
  'clip',
  'sentences',
  'descriptions',
  'objects',
  'activities',
  'narrations',
] as const satisfies readonly (keyof Context)[]
type KnownName = (typeof known)[number]
const isKnown = (name: string): name is KnownName => (known as readonly string[]).includes(name)

function KnownField({ name, context, severalMedia = false }: Props & { readonly name: KnownName }): ReactNode {
  const { t } = useTranslation()
  switch (name) {
    case 'captions':
    case 'descriptions':
    case 'activities':
      return <List values={context[name] ?? []} />
    case 'differences':
      return context.differences?.length ? <List values={context.differences} /> : <Text size="sm">{t('context.noDifference')}</Text>
    case 'objects':
      return <Chips texts={context.objects ?? []} />
    case 'title':
    case 'description':
      return <ValueView value={context[name]} />
    case 'boxes':
      return <AreaList areas={context.boxes ?? []} severalMedia={severalMedia} linked />
    case 'captionsOf':
      return <ByImage values={context.captionsOf ?? []}>{(captions) => <List values={captions} />}</ByImage>
    case 'images':
      return <ByImage values={context.images ?? []}>{(image) => <AlbumImage image={image} />}</ByImage>
    case 'conversation':
      return <Conversation rounds={context.conversation ?? []} />
    case 'duration':
      return <span className="numbers">{clock(context.duration ?? 0)}</span>
    case 'clip':
      return (
        context.clip && (
          <span className="numbers">{t('context.span', { start: clock(context.clip.start), end: clock(context.clip.end) })}</span>
        )
      )
    case 'sentences':
      return <TimedList rows={(context.sentences ?? []).map((sentence) => ({ ...sentence, more: {} }))} />
    case 'narrations':
      return (
        <TimedList
          rows={(context.narrations ?? []).map(({ time, text, objects }) => ({ start: time, end: null, text, more: { objects } }))}
        />
      )
  }
}

function ByImage<T>({ values, children }: { readonly values: readonly T[]; readonly children: (value: T) => ReactNode }) {
  const { t } = useTranslation()
  return (
    <Folded values={values}>
      {(shown) => (
        <ol className={classes.images}>
          {shown.map((value, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- an image is its place in the item
            <li key={index}>
              <span className={classes.quiet}>{t('context.image', { number: index + 1 })}</span>
              <div>{children(value)}</div>
            </li>
          ))}
        </ol>
      )}
    </Folded>
  )
}

function AlbumImage({ image: { title, tags, story } }: { readonly image: AlbumImage }) {
  const words = tags.split(/\s+/).filter(Boolean)
  return (
    <>
      {title && (
        <p className={`${classes.title} verbatim`} dir="auto">
          <Highlighted text={title} />
        </p>
      )}
      {words.length > 0 && <Chips texts={words} />}
      {story.length > 0 && <List values={story} />}
    </>
  )
}

function Conversation({ rounds }: { readonly rounds: NonNullable<Context['conversation']> }) {
  return (
    <Folded values={rounds}>
      {(shown) => (
        <ol className={classes.rounds}>
          {shown.map(({ instruction, response }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a round is its place in the conversation
            <li key={index}>
              <p className={`${classes.title} verbatim`} dir="auto">
                <LinkedText text={instruction} />
              </p>
              <p className="verbatim" dir="auto">
                <LinkedText text={response} />
              </p>
            </li>
          ))}
        </ol>
      )}
    </Folded>
  )
}
