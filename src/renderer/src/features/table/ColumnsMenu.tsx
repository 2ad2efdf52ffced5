import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { columnNames, type Column } from './columns'

interface Props {
  readonly columns: readonly Column[]
  readonly onChoose: (columns: readonly Column[]) => void
  readonly onLeave: () => void
}

/** Which columns the table shows; one stays at least. */
export function ColumnsMenu({ columns, onChoose, onLeave }: Props) {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" trapFocus returnFocus={false} onClose={onLeave} transitionProps={{ duration: 0 }} shadow="md">
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconColumns size={14} aria-hidden />}>
          {t('table.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('table.columns')}>
        <Stack gap={6}>
          {columnNames.map((name) => (
            <Checkbox
              key={name}
              size="xs"
              label={t(`table.column.${name}`)}
              checked={columns.includes(name)}
              disabled={columns.length === 1 && columns.includes(name)}
              onChange={({ currentTarget: { checked } }) =>
                onChoose(columnNames.filter((one) => (one === name ? checked : columns.includes(one))))
              }
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
