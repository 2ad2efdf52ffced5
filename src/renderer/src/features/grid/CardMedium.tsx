import { IconMovie, IconPhotoOff } from '@tabler/icons-react'
import { createContext, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../../shared/contract'
import type { RowMedium } from '../../../../shared/table'
import { useCall } from '../../api/queries'
import { inWindowLanguage } from '../../i18n/inWindowLanguage'
import { ShownText } from '../../components/text/ShownText'
import classes from './Grid.module.css'

interface Props {
  readonly medium: RowMedium | null
  readonly projectUuid: string
  /** Width of the card in pixels. */
  readonly width: number
}

/** Length of the longest side of a thumbnail, in pixels. */
const THUMBNAIL = 320

/** Whether the grid is not scrolling. Thumbnails are then replaced by full images. */
export const RestingContext = createContext(true)

/** Shows the first medium of an item, uncropped. For a video, shows the frame at the start of its span. */
export function CardMedium({ medium, projectUuid, width }: Props) {
  const { t } = useTranslation()
  const isResting = useContext(RestingContext)
  const [failed, setFailed] = useState<number | null>(null)
  const [isWhole, setWhole] = useState(false)
  if (!medium)
    return (
      <p className={classes.noMedium}>
        <IconPhotoOff size={18} aria-hidden /> {t('grid.noMedium')}
      </p>
    )
  if (medium.problem !== null && medium.kind === 'image') return <Fault medium={medium} />
  if (failed === medium.id) return <Fault medium={medium} />
  const isLarger = Math.max(medium.width ?? 0, medium.height ?? 0) > THUMBNAIL && width * devicePixelRatio > THUMBNAIL
  const wantsWhole = medium.kind === 'image' && isLarger && (isResting || isWhole)
  return (
    <>
      <img
        className={classes.image}
        src={mediaUrl(medium.id, projectUuid, 'thumb', medium.kind === 'video' ? medium.at : 0)}
        alt=""
        decoding="async"
        draggable={false}
        onError={() => setFailed(medium.id)}
      />
      {wantsWhole && (
        <img
          className={classes.image}
          src={mediaUrl(medium.id, projectUuid)}
          alt=""
          decoding="async"
          draggable={false}
          hidden={!isWhole}
          onLoad={() => setWhole(true)}
          // The thumbnail stays visible.
          onError={(event) => event.currentTarget.remove()}
        />
      )}
      {medium.kind === 'video' && <IconMovie className={classes.video} size={18} role="img" aria-label={t('grid.video')} />}
    </>
  )
}

/** Shows why a medium cannot be displayed. */
function Fault({ medium }: { readonly medium: RowMedium }) {
  const { t } = useTranslation()
  const { data: fault, isPending } = useCall('media.fault', { id: medium.id }, { staleTime: 0 })
  const why = fault?.message ?? medium.problem
  return (
    <p className={classes.noMedium}>
      <IconPhotoOff size={18} aria-hidden />{' '}
      <ShownText
        text={
          isPending
            ? t('media.looking', { name: medium.fileName })
            : why
              ? inWindowLanguage(why).text
              : t('grid.unshown', { name: medium.fileName })
        }
      />
    </p>
  )
}
