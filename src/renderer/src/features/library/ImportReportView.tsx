import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImportReport } from '../../../../shared/domain'
import { ScrollTable } from '../../components/ScrollTable'

/** What an import did: what came in, and what is to be looked at, with its line and reason. */
export function ImportReportView({
  report,
  onMore,
  onDone,
}: {
  readonly report: ImportReport
  readonly onMore: () => void
  readonly onDone: () => void
}) {
  const { t } = useTranslation()
  const problems = report.problems.length + report.moreProblems
  return (
    <Stack>
      <div role="status">
        <Group gap="xs" wrap="nowrap">
          <IconCircleCheck size={18} color="var(--verdict-accepted)" aria-hidden />
          <Text>
            {t('library.reportAdded', { count: report.added })}
            {report.unchanged > 0 && ` ${t('library.reportUnchanged', { count: report.unchanged })}`}
            {report.linked > 0 && ` ${t('library.reportLinked', { count: report.linked })}`}
          </Text>
        </Group>
        {report.cancelled && <Text>{t('library.reportCancelled')}</Text>}
        {problems > 0 && (
          <Group gap="xs" wrap="nowrap" mt="xs">
            <IconAlertTriangle size={18} color="var(--verdict-pending)" aria-hidden />
            <Text>{t('library.reportProblems', { count: problems })}</Text>
          </Group>
        )}
      </div>
      {report.problems.length > 0 && (
        <ScrollTable
          label={t('library.reportProblems', { count: problems })}
          columns={[t('library.columnPlace'), t('library.columnItem'), t('library.columnReason')]}
        >
          {report.problems.map((problem, index) => (
            <Table.Tr key={index}>
              <Table.Td className="verbatim">
                {problem.line === null ? problem.file : t('library.placeLine', { file: problem.file, line: problem.line })}
              </Table.Td>
              <Table.Td className="verbatim">{problem.item}</Table.Td>
              <Table.Td className="verbatim">{problem.reason}</Table.Td>
            </Table.Tr>
          ))}
        </ScrollTable>
      )}
      {report.moreProblems > 0 && <Text c="dimmed">{t('library.reportMore', { count: report.moreProblems })}</Text>}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onMore}>
          {t('library.importAnother')}
        </Button>
        <Button onClick={onDone}>{t('library.done')}</Button>
      </Group>
    </Stack>
  )
}
