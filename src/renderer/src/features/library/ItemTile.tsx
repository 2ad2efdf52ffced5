import { UnstyledButton } from '@mantine/core'
import { IconCircleCheck, IconClock, IconEyeOff } from '@tabler/icons-react'
import { memo, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ItemSummary } from '../../../../shared/contract'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import { ShownText } from '../../components/text/ShownText'
import { Thumbnail } from '../../components/Thumbnail'
import classes from './Library.module.css'

interface Props {
  readonly id: number
  /** Undefined until the item is loaded. */
  readonly item: ItemSummary | undefined
  readonly projectUuid: string
  readonly isSelected: boolean
  /** Whether the tile is the tab stop of the grid; the arrow keys reach the others. */
  readonly isReachable: boolean
  readonly onChoose: (id: number, event: MouseEvent) => void
  readonly onPress: (event: KeyboardEvent) => void
}

/** An item in the grid: its first medium, the file name with the id below, and the progress of its pairs. */
export const ItemTile = memo(function ItemTile({ id, item, projectUuid, isSelected, isReachable, onChoose, onPress }: Props) {
  const name = item?.media[0]?.fileName ?? item?.sourceId ?? ''
  return (
    <UnstyledButton
      className={classes.tile}
      data-item={id}
      data-standing={item?.standing}
      aria-pressed={isSelected}
      tabIndex={isReachable ? 0 : -1}
      title={item && showHidden(`${name}\n${item.sourceId}\n${item.excerpt}`)}
      onClick={(event) => onChoose(id, event)}
      onKeyDown={onPress}
    >
      <Thumbnail medium={item?.media[0]} projectUuid={projectUuid} className={classes.image} />
      <span className={classes.tileName}>
        <ShownText text={name} />
      </span>
      <span className={classes.tileId}>{item && <ShownText text={item.sourceId} />}</span>
      <span className={classes.tileState}>{item && <State item={item} />}</span>
    </UnstyledButton>
  )
})

function State({ item: { standing, candidates, pending, approved } }: { readonly item: ItemSummary }) {
  const { t } = useTranslation()
  if (standing !== 'included')
    return (
      <span className={classes.sign}>
        <IconEyeOff size={14} aria-hidden />
        {t(`library.standing.${standing}`)}
      </span>
    )
  if (candidates === 0) return t('library.noDrafts')
  return (
    <>
      {t('library.pairs', { count: candidates })}
      {pending > 0 && (
        <span className={classes.sign}>
          <IconClock size={14} color="var(--verdict-pending)" aria-hidden />
          {t('library.pendingShort', { count: pending })}
        </span>
      )}
      {pending === 0 && approved > 0 && (
        <span className={classes.sign}>
          <IconCircleCheck size={14} color="var(--verdict-accepted)" aria-hidden />
          {t('library.approvedShort', { count: approved })}
        </span>
      )}
    </>
  )
}
