import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ImportReport } from '../../../../shared/domain'
import { DialogFooter } from '../../components/DialogFooter'
import { MainText } from '../../components/text/MainText'
import { ScrollTable } from '../../components/ScrollTable'
import { ShownText } from '../../components/text/ShownText'

function pairsText({ added, known, accepted, rejected }: NonNullable<ImportReport['pairs']>, t: TFunction): string {
  const decided = accepted + rejected > 0 ? [t('library.reportPairsDecided', { accepted, rejected })] : []
  return [
    t('library.reportPairs', { count: added }),
    ...decided,
    ...(known > 0 ? [t('library.reportPairsKnown', { count: known })] : []),
  ].join(' ')
}

/** Report of an import: what was imported, and what needs attention, with its line and reason. */
export function ImportReportView({
  report,
  onMore,
  onDone,
}: {
  readonly report: ImportReport
  readonly onMore?: () => void
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
            {report.pairs && ` ${pairsText(report.pairs, t)}`}
            {report.updated > 0 && ` ${t('library.reportUpdated', { count: report.updated })}`}
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
      {report.problems.length > 0 && <Remarks label={t('library.reportProblems', { count: problems })} remarks={report.problems} />}
      {report.problems.some(({ remedy }) => remedy === 'link') && (
        <Text c="dimmed">{t('library.reportLinkRemedy', { update: t('import.replaceKnown') })}</Text>
      )}
      {(report.moreProblems > 0 || report.problems.some(({ remedy }) => remedy === undefined)) && (
        <Text c="dimmed">{t('library.reportRemedy', { update: t('import.replaceKnown') })}</Text>
      )}
      {report.moreProblems > 0 && <Text c="dimmed">{t('library.reportMore', { count: report.moreProblems })}</Text>}
      {report.notes.length > 0 && (
        <>
          <Text>{t('library.reportNotes', { count: report.notes.length })}</Text>
          <Remarks label={t('library.reportNotes', { count: report.notes.length })} remarks={report.notes} />
        </>
      )}
      <DialogFooter>
        {onMore && (
          <Button variant="default" onClick={onMore}>
            {t('library.importAnother')}
          </Button>
        )}
        <Button onClick={onDone}>{t('library.done')}</Button>
      </DialogFooter>
    </Stack>
  )
}

/** Problems or notes of an import with their position and item. */
function Remarks({ label, remarks }: { readonly label: string; readonly remarks: ImportReport['problems'] }) {
  const { t } = useTranslation()
  return (
    <ScrollTable label={label} columns={[t('library.columnPlace'), t('library.columnItem'), t('library.columnReason')]}>
      {remarks.map((remark, index) => (
        <Table.Tr key={index}>
          <Table.Td className="verbatim">
            <ShownText text={remark.line === null ? remark.file : t('library.placeLine', { file: remark.file, line: remark.line })} />
          </Table.Td>
          <Table.Td className="verbatim">
            <ShownText text={remark.item} />
          </Table.Td>
          <Table.Td className="verbatim">
            <MainText>{remark.reason}</MainText>
          </Table.Td>
        </Table.Tr>
      ))}
    </ScrollTable>
  )
}
