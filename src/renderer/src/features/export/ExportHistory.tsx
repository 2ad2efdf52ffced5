import { ActionIcon, Group, Table, Text, Tooltip } from '@mantine/core'
import { IconFolder, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallInput, CallOutput } from '../../../../shared/contract'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import { ScrollTable } from '../../components/ScrollTable'
import { MainText } from '../../components/text/MainText'
import { ShownText } from '../../components/text/ShownText'
import { formatDate, formatNumber } from '../../format'
import { useCallMutation } from '../../api/queries'
import classes from './Export.module.css'

interface Props {
  readonly history: CallOutput<'export.history'>
  readonly snapshots: readonly { readonly id: number; readonly name: string }[]
  /** Whether an export is running. */
  readonly isBusy: boolean
  readonly onAgain: (target: Omit<CallInput<'export.start'>, 'itemIds'>) => void
}

/** Returns the end of a path, which is more specific than its beginning. */
function endOf(directory: string): string {
  const parts = directory.split(/[\\/]/)
  return parts.length > 3 ? `…/${parts.slice(-2).join('/')}` : directory
}

/** The exports of the project on this computer, each with its folder and a button to repeat it. */
export function ExportHistory({ history, snapshots, isBusy, onAgain }: Props) {
  const { t } = useTranslation()
  const names = new Map(snapshots.map(({ id, name }) => [id, name]))
  const showFolder = useCallMutation('app.showFolder')
  if (history.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('export.noHistory')}
      </Text>
    )
  const columns = (['when', 'format', 'pairs', 'folder', 'result', 'actions'] as const).map((name) => t(`export.${name}`))
  return (
    <ScrollTable label={t('export.history')} columns={columns}>
      {history.map(({ at, format, choices, snapshotId, directory, result, pairs, leftOut, problem, exists }) => (
        <Table.Tr key={at}>
          <Table.Td className="numbers">{formatDate(at)}</Table.Td>
          <Table.Td>
            {t(`export.formats.${format}.title`)}
            {choices?.kind && choices.kind !== 'sft' && ` (${t(`export.kinds.${choices.kind}.title`)})`}
            {snapshotId !== undefined && (
              <Text size="xs" c="dimmed">
                <ShownText text={names.get(snapshotId) ?? t('export.snapshotDeleted')} />
              </Text>
            )}
          </Table.Td>
          <Table.Td className="numbers">{formatNumber(pairs)}</Table.Td>
          <Table.Td className={classes.folder} title={showHidden(directory)}>
            <ShownText text={endOf(directory)} />
          </Table.Td>
          <Table.Td>
            {t(`export.results.${result}`)}
            {leftOut > 0 && `, ${t('export.resultLeftOut', { count: leftOut })}`}
            {problem !== null && (
              <Text size="xs" c="dimmed" className="verbatim">
                <MainText>{problem}</MainText>
              </Text>
            )}
          </Table.Td>
          <Table.Td>
            <Group gap={4} wrap="nowrap">
              <Tooltip label={exists ? t('export.showFolder') : t('export.folderGone')}>
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  color="gray"
                  aria-label={t('export.openFolder', { directory })}
                  aria-disabled={!exists}
                  onClick={() => exists && showFolder.mutate({ path: directory })}
                >
                  <IconFolder size={16} aria-hidden />
                </ActionIcon>
              </Tooltip>
              <AgainButton
                directory={directory}
                isBusy={isBusy}
                isPossible={snapshotId === undefined || names.has(snapshotId)}
                onClick={() => onAgain({ format, ...(choices && { choices }), ...(snapshotId !== undefined && { snapshotId }), directory })}
              />
            </Group>
          </Table.Td>
        </Table.Tr>
      ))}
    </ScrollTable>
  )
}

interface AgainButtonProps {
  readonly directory: string
  readonly isBusy: boolean
  /** False if the snapshot was deleted. */
  readonly isPossible: boolean
  readonly onClick: () => void
}

function AgainButton({ directory, isBusy, isPossible, onClick }: AgainButtonProps) {
  const { t } = useTranslation()
  return (
    <Tooltip label={isPossible ? t('export.again') : t('export.againImpossible')}>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={t('export.againTo', { directory })}
        aria-disabled={!isPossible}
        disabled={isBusy}
        onClick={() => isPossible && onClick()}
      >
        <IconRefresh size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
