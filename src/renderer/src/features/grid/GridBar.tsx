import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core'
import { IconMinus, IconPlus, IconRefresh } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { cardKindSchema, type CardKind } from '../../../../shared/table'
import tableClasses from '../table/Table.module.css'

export const MIN_COLUMNS = 2
export const MAX_COLUMNS = 5

interface Props {
  readonly cards: CardKind
  readonly columns: number
  readonly onCards: (cards: CardKind) => void
  readonly onColumns: (columns: number) => void
  readonly onRefresh: () => void
}

/** Tools to choose the kind of cards and the number of columns, and to refresh the grid. */
export const GridTools = memo(function GridTools({ cards, columns, onCards, onColumns, onRefresh }: Props) {
  const { t } = useTranslation()
  return (
    <div className={tableClasses.tools} role="group" aria-label={t('grid.tools')}>
      <SegmentedControl
        size="xs"
        aria-label={t('grid.cards')}
        value={cards}
        data={cardKindSchema.options.map((value) => ({ value, label: t(`grid.cardKinds.${value}`) }))}
        onChange={(value: CardKind) => onCards(value)}
      />
      <Tooltip label={`${t('grid.fewer')} · +`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('grid.fewer')}
          disabled={columns <= MIN_COLUMNS}
          onClick={() => onColumns(columns - 1)}
        >
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t('grid.moreColumns')} · -`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('grid.moreColumns')}
          disabled={columns >= MAX_COLUMNS}
          onClick={() => onColumns(columns + 1)}
        >
          <IconMinus size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('grid.refreshHint')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('grid.refresh')} onClick={onRefresh}>
          <IconRefresh size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  )
})
