import { Text } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Context } from '../../../../shared/domain'
import { describeContext } from '../../components/describeContext'
import classes from './review.module.css'

interface Props {
  readonly context: Context
  readonly severalMedia: boolean
  readonly highlighted: number | null
  readonly onHighlight: (index: number | null) => void
}

/** What is known about the item: captions, boxes that light up in the picture, and every other field under its name. */
export const ContextPanel = memo(function ContextPanel({ context, severalMedia, highlighted, onHighlight }: Props) {
  const { t } = useTranslation()
  const { captions = [], boxes = [] } = context
  const others = describeContext(context, t)
  if (captions.length + boxes.length + others.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('review.noContext')}
      </Text>
    )
  return (
    <>
      {captions.length > 0 && <Values name={t('review.captions')} values={captions} />}
      {boxes.length > 0 && (
        <div>
          <h3 className={classes.label}>{t('review.boxes')}</h3>
          <ul className={classes.boxList}>
            {boxes.map((box, index) => (
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointing at it only points it out in the picture
              <li
                // oxlint-disable-next-line react/no-array-index-key -- a box is its place in the list
                key={index}
                data-highlighted={highlighted === index}
                onMouseEnter={() => onHighlight(index)}
                onMouseLeave={() => onHighlight(null)}
              >
                <span className="verbatim">{box.label}</span>
                <span className={`${classes.quiet} numbers`}>
                  {t('review.boxSize', {
                    x: Math.round(box.x),
                    y: Math.round(box.y),
                    width: Math.round(box.width),
                    height: Math.round(box.height),
                  })}
                  {severalMedia && ` ${t('review.boxOnMedia', { number: box.media + 1 })}`}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {others.map(({ name, values }) => (
        <Values key={name} name={name} values={values} />
      ))}
    </>
  )
})

function Values({ name, values }: { readonly name: string; readonly values: readonly string[] }) {
  return (
    <div>
      <h3 className={`${classes.label} verbatim`}>{name}</h3>
      <ul className={classes.values} data-single={values.length === 1}>
        {values.map((value, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- texts may be the same
          <li key={index} className="verbatim">
            {value}
          </li>
        ))}
      </ul>
    </div>
  )
}
