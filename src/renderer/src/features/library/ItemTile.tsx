import { UnstyledButton } from '@mantine/core'
import { IconCircleCheck, IconClock } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ItemSummary } from '../../../../shared/contract'
import { Thumbnail } from '../../components/Thumbnail'
import classes from './Library.module.css'
import { ShownText } from '../../components/text/ShownText'
import { showHidden } from '../../../../shared/text/hiddenCharacters'

interface Props {
  readonly item: ItemSummary
  readonly projectUuid: string
  readonly chosen: boolean
  readonly onChoose: (id: number) => void
}

/** An item in the grid: its first medium, its id, and how far its pairs are. */
export const ItemTile = memo(function ItemTile({ item, projectUuid, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <UnstyledButton
      className={classes.tile}
      data-item={item.id}
      aria-pressed={chosen}
      title={showHidden(item.excerpt)}
      onClick={() => onChoose(item.id)}
    >
      <Thumbnail medium={item.media[0]} projectUuid={projectUuid} className={classes.image} />
      <span className={classes.tileName}>
        <ShownText text={item.sourceId} />
      </span>
      <span className={classes.tileState}>
        {item.candidates === 0 ? (
          t('library.noDrafts')
        ) : (
          <>
            {t('library.pairs', { count: item.candidates })}
            {item.pending > 0 && (
              <span className={classes.sign}>
                <IconClock size={14} color="var(--verdict-pending)" aria-hidden />
                {t('library.pendingShort', { count: item.pending })}
              </span>
            )}
            {item.pending === 0 && item.approved > 0 && (
              <span className={classes.sign}>
                <IconCircleCheck size={14} color="var(--verdict-accepted)" aria-hidden />
                {t('library.approvedShort', { count: item.approved })}
              </span>
            )}
          </>
        )}
      </span>
    </UnstyledButton>
  )
})
