import { Button } from '@mantine/core'
import { IconEye, IconTable } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { KeyHint, useKeyShortcuts } from '../../app/keys/KeyHint'
import { tableState } from './tableState'

/** Switches between the desk and the table. */
export function TableButton({ onToggle }: { readonly onToggle: () => void }) {
  const { t } = useTranslation()
  const open = tableState.use((state) => state.open)
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={open ? <IconEye size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
      rightSection={<KeyHint action="table" />}
      aria-keyshortcuts={useKeyShortcuts('table')}
      onClick={onToggle}
    >
      {t(open ? 'table.close' : 'table.open')}
    </Button>
  )
}
