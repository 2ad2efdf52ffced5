import { ActionIcon, Button, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconEye, IconEyeOff, IconSparkles, IconTrash, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Standing } from '../../../../shared/domain'
import { showDone } from '../../components/showProblem'
import { useStartRun } from '../runs/useStartRun'
import { ExportSelectionDialog } from './ExportSelectionDialog'
import classes from './Library.module.css'

interface Props {
  readonly ids: readonly number[]
  /** Whether the items are excluded or deleted, and can be included again. */
  readonly isLeftOut: boolean
  readonly isDeleted: boolean
  readonly onStanding: (standing: Standing) => void
  readonly onClear: () => void
}

/** Actions on the selected items. */
export function SelectionBar({ ids, isLeftOut, isDeleted, onStanding, onClear }: Props) {
  const { t } = useTranslation()
  const start = useStartRun(() => showDone(t('library.drafting')))
  const [isExporting, exporting] = useDisclosure(false)
  return (
    <div className={classes.selectionBar} role="group" aria-label={t('library.selection')}>
      <Text size="sm" className="numbers" role="status">
        {t('library.selected', { count: ids.length })}
      </Text>
      {isLeftOut ? (
        <Action icon={IconEye} label={t('library.include')} onClick={() => onStanding('included')} />
      ) : (
        <>
          <Action
            icon={IconSparkles}
            label={t('library.draft')}
            isPending={start.isPending}
            onClick={() => start.mutate({ itemIds: [...ids] })}
          />
          <Action icon={IconEyeOff} label={t('library.exclude')} onClick={() => onStanding('excluded')} />
          <Action icon={IconDownload} label={t('library.exportSelection')} onClick={exporting.open} />
        </>
      )}
      {!isDeleted && (
        <Action icon={IconTrash} label={t('library.delete')} keyName={t('library.deleteKey')} onClick={() => onStanding('deleted')} />
      )}
      <Tooltip label={t('library.clearSelection')}>
        <ActionIcon variant="subtle" color="gray" ml="auto" aria-label={t('library.clearSelection')} onClick={onClear}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {isExporting && <ExportSelectionDialog ids={ids} onClose={exporting.close} />}
    </div>
  )
}

interface ActionProps {
  readonly icon: typeof IconEye
  readonly label: string
  readonly keyName?: string
  readonly isPending?: boolean
  readonly onClick: () => void
}

function Action({ icon: Icon, label, keyName, isPending = false, onClick }: ActionProps) {
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<Icon size={16} aria-hidden />}
      rightSection={keyName && <span className={classes.key}>{keyName}</span>}
      aria-label={label}
      loading={isPending}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}
