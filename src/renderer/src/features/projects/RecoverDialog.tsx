import { Alert, Button, Group, Loader, Modal, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ProjectSummary, RecoveryChoice, RecoveryOffer } from '../../../../shared/domain/project'
import { MainText } from '../../components/text/MainText'
import { ShownText } from '../../components/text/ShownText'
import { ProblemNotice } from '../../components/ProblemNotice'
import { formatDate, formatNumber } from '../../format'
import { useCall, useCallMutation } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import { useEnterProject } from '../../app/projectCalls'

const close = () => dialogs.set({ recover: null })

/**
 * Dialog that shows what can be recovered from a damaged project, compared with its newest backup. Nothing changes until the user decides.
 */
export function RecoverDialog() {
  const { t } = useTranslation()
  const path = dialogs.use((state) => state.recover)
  return (
    <Modal
      opened={path !== null}
      onClose={close}
      title={t('projects.recoverTitle')}
      size={760}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {path !== null && <RecoverChoice path={path} />}
    </Modal>
  )
}

function RecoverChoice({ path }: { readonly path: string }) {
  const { t } = useTranslation()
  const enter = useEnterProject()
  const { data: offer, error, isFetching, refetch } = useCall('project.recovery', { path }, { gcTime: 0, staleTime: 0 })
  const onSuccess = (project: Parameters<typeof enter>[0]) => {
    close()
    enter(project)
  }
  const opening = useCallMutation('project.open', { onSuccess })
  const recovering = useCallMutation('project.recover', { onSuccess, onError: () => undefined }) // shown above the buttons
  if (isFetching)
    return (
      <Group role="status" wrap="nowrap" gap="sm">
        <Loader size="sm" aria-hidden />
        <Text size="sm">{t('projects.recoverReading')}</Text>
      </Group>
    )
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!offer)
    return (
      <Stack align="flex-start">
        <Text>{t('projects.recoverSound')}</Text>
        <Button loading={opening.isPending} onClick={() => opening.mutate({ path })}>
          {t('projects.recoverOpen')}
        </Button>
      </Stack>
    )
  const choose = (use: RecoveryChoice) => recovering.mutate({ path, use })
  return (
    <Stack>
      <Alert color="red" variant="default" title={t('projects.recoverDamaged')}>
        <Text size="sm" className="verbatim">
          <MainText>{offer.damage}</MainText>
        </Text>
      </Alert>
      <Text size="sm">{t('projects.recoverHint')}</Text>
      <OfferTable offer={offer} />
      <Lost offer={offer} />
      {offer.foreignBackups.length > 0 && <Text size="sm">{t('projects.recoverForeign', { files: offer.foreignBackups.join(', ') })}</Text>}
      {recovering.error && <ProblemNotice error={recovering.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button variant="default" disabled={!offer.backup} loading={recovering.isPending} onClick={() => choose('backup')}>
          {t('projects.recoverUseBackup')}
        </Button>
        <Button disabled={!offer.salvaged} loading={recovering.isPending} onClick={() => choose('salvaged')}>
          {t('projects.recoverUseSalvaged')}
        </Button>
      </Group>
    </Stack>
  )
}

const rows = ['items', 'candidates', 'decisions', 'runs'] as const

function OfferTable({ offer: { salvaged, backup } }: { readonly offer: RecoveryOffer }) {
  const { t } = useTranslation()
  const number = (summary: ProjectSummary | undefined, name: (typeof rows)[number]) => (summary ? formatNumber(summary[name]) : '–')
  const newest = (summary: ProjectSummary | undefined) =>
    summary?.newestDecision === null || summary === undefined ? '–' : formatDate(summary.newestDecision)
  return (
    <Table className="numbers" withRowBorders>
      <Table.Thead>
        <Table.Tr>
          <Table.Th />
          <Table.Th>{t('projects.recoverSalvaged')}</Table.Th>
          <Table.Th>{backup ? t('projects.recoverBackup', { date: formatDate(backup.madeAt) }) : t('projects.recoverNoBackup')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((name) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{t(`projects.recoverCounts.${name}`)}</Table.Th>
            <Table.Td>{number(salvaged?.summary, name)}</Table.Td>
            <Table.Td>{number(backup?.summary, name)}</Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr>
          <Table.Th scope="row">{t('projects.recoverCounts.project')}</Table.Th>
          <Table.Td>
            <ShownText text={salvaged?.summary.name ?? '–'} />
          </Table.Td>
          <Table.Td>
            <ShownText text={backup?.summary.name ?? '–'} />
          </Table.Td>
        </Table.Tr>
        <Table.Tr>
          <Table.Th scope="row">{t('projects.recoverCounts.newestDecision')}</Table.Th>
          <Table.Td>{newest(salvaged?.summary)}</Table.Td>
          <Table.Td>{newest(backup?.summary)}</Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  )
}

function Lost({ offer: { salvaged } }: { readonly offer: RecoveryOffer }) {
  const { t } = useTranslation()
  if (!salvaged) return <Text size="sm">{t('projects.recoverNothing')}</Text>
  return (
    <>
      {salvaged.damagedTables.length > 0 && (
        <Text size="sm">{t('projects.recoverLost', { tables: salvaged.damagedTables.join(', ') })}</Text>
      )}
      {salvaged.leftOut > 0 && <Text size="sm">{t('projects.recoverLeftOut', { count: salvaged.leftOut })}</Text>}
    </>
  )
}
