import { useTranslation } from 'react-i18next'
import { Highlighted } from '../Highlighted'
import { Folded } from './Folded'
import type { Area } from './shapes'
import classes from './ContextView.module.css'

interface Props {
  readonly areas: readonly Area[]
  readonly severalMedia?: boolean
  readonly highlighted?: number | null
  readonly onHighlight?: (index: number | null) => void
}

/** Boxes as rows: label, size and place in pixels. Where there is a picture to light up, pointing at a row does. */
export function AreaList({ areas, severalMedia = false, highlighted = null, onHighlight }: Props) {
  const { t } = useTranslation()
  return (
    <Folded values={areas}>
      {(shown) => (
        <ul className={classes.areas}>
          {shown.map(({ label, x, y, width, height, media }, index) => (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointing at it only points it out in the picture
            <li
              // oxlint-disable-next-line react/no-array-index-key -- a box is its place in the list
              key={index}
              data-highlighted={highlighted === index}
              onMouseEnter={() => onHighlight?.(index)}
              onMouseLeave={() => onHighlight?.(null)}
            >
              <span className="verbatim" dir="auto">
                <Highlighted text={label} />
              </span>
              <span className={`${classes.quiet} numbers`}>
                {t('context.area', { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) })}
                {severalMedia && media !== null && ` ${t('context.onPicture', { number: media + 1 })}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Folded>
  )
}
