import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from '../MediaViewer.module.css'

export const pairViews = ['side', 'blink', 'difference'] as const
export type PairViewName = (typeof pairViews)[number]

/** Switch between the views that compare two images. */
export function PairView({ view, onChange }: { readonly view: PairViewName; readonly onChange: (view: PairViewName) => void }) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      className={classes.places}
      size="xs"
      aria-label={t('review.media.view')}
      value={view}
      onChange={onChange}
      data={pairViews.map((value) => ({ value, label: t(`review.media.views.${value}`) }))}
    />
  )
}
