import { useTranslation } from 'react-i18next'
import type { Item } from '../../../../shared/domain'
import classes from './MediaViewer.module.css'
import { ShownText } from '../text/ShownText'

/** Lists media that the imported file names but that were not found, and how to link them. */
export function MissingMedia({ item, missing }: { readonly item: string; readonly missing: Item['missing'] }) {
  const { t } = useTranslation()
  return (
    <div className={classes.missing} role="note">
      <p>
        <strong className="verbatim">
          <ShownText text={t('media.missingOf', { item })} />
        </strong>
      </p>
      <ul>
        {missing.map(({ position, name }) => (
          <li key={position} className="verbatim">
            <ShownText text={t('review.media.missing', { name })} />
          </li>
        ))}
      </ul>
      <p>{t('review.media.missingHint')}</p>
    </div>
  )
}
