import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseColumns, columnNames, firstColumns, type TableColumns } from './columns'

interface Props {
  readonly columns: TableColumns
  readonly onChoose: (columns: TableColumns) => void
  readonly onLeave: () => void
}

/** Menu to choose the columns of the table. At least one column stays selected. */
export const ColumnsMenu = memo(function ColumnsMenu({ columns, onChoose, onLeave }: Props) {
  const { t } = useTranslation()
  const shown = columns.map(({ name }) => name)
  return (
    <Popover position="bottom-end" trapFocus returnFocus={false} onClose={onLeave} transitionProps={{ duration: 0 }} shadow="md">
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconColumns size={14} aria-hidden />}>
          {t('table.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('table.columns')} mah="70vh" style={{ overflowY: 'auto' }}>
        <Stack gap={8}>
          {columnNames.map((name) => (
            <Checkbox
              key={name}
              size="xs"
              label={t(`table.column.${name}`)}
              checked={shown.includes(name)}
              disabled={shown.length === 1 && shown.includes(name)}
              onChange={({ currentTarget: { checked } }) =>
                onChoose(chooseColumns(columns, checked ? [...shown, name] : shown.filter((one) => one !== name)))
              }
            />
          ))}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChoose(firstColumns)}>
            {t('table.resetColumns')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
})
