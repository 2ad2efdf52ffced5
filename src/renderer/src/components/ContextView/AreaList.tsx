import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLinked, useMediaLinks } from '../text/MediaLinks/MediaLinks'
import { Folded } from './Folded'
import type { Area } from './shapes'
import classes from './ContextView.module.css'
import { ShownText } from '../text/ShownText'

interface Props {
  readonly areas: readonly Area[]
  readonly severalMedia?: boolean
  /** Whether the boxes belong to the item itself, so that hovering a row highlights its box in the image. */
  readonly linked?: boolean
}

/** List of boxes with their label, position and size in pixels. */
export function AreaList({ areas, severalMedia = false, linked = false }: Props) {
  return (
    <Folded values={areas}>
      {(shown) => (
        <ul className={classes.areas}>
          {shown.map((area, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a box is its place in the list
            <AreaRow key={index} area={area} index={index} severalMedia={severalMedia} linked={linked} />
          ))}
        </ul>
      )}
    </Folded>
  )
}

interface RowProps extends Required<Omit<Props, 'areas'>> {
  readonly area: Area
  readonly index: number
}

function AreaRow({ area: { label, x, y, width, height, media }, index, severalMedia, linked }: RowProps) {
  const { t } = useTranslation()
  const links = useMediaLinks()
  const here = useMemo(() => [index], [index])
  const highlighted = useLinked((all) => linked && all.isPointed(here), false)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointing at it only points it out in the image
    <li data-highlighted={highlighted} onMouseEnter={() => linked && links?.point(here)} onMouseLeave={() => linked && links?.point([])}>
      <span className="verbatim" dir="auto">
        <ShownText text={label} />
      </span>
      <span className={`${classes.quiet} numbers`}>
        {t('context.area', { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) })}
        {severalMedia && media !== null && ` ${t('context.onImage', { number: media + 1 })}`}
      </span>
    </li>
  )
}
