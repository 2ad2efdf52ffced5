import { Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconFlask, IconFolder } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyReport, TrainingReport } from '../../../../shared/domain'
import { MainText } from '../../components/text/MainText'
import { ScrollTable } from '../../components/ScrollTable'
import { formatBytes } from '../../format'
import { useCallMutation } from '../../api/queries'
import classes from './Export.module.css'
import { ShownText } from '../../components/text/ShownText'

const good = <IconCircleCheck size={18} color="var(--verdict-accepted)" aria-hidden />
const warning = <IconAlertTriangle size={18} color="var(--verdict-pending)" aria-hidden />
const bad = <IconAlertTriangle size={18} color="var(--verdict-rejected)" aria-hidden />

/** Maximum number of listed left-over files. */
const MOST_NAMES = 5

function Line({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <span className={classes.sign}>{icon}</span>
      <Text>{children}</Text>
    </Group>
  )
}

/** What was left out of a training format or changed for it, each reason with some of its items. */
function Tallies({ of: { leftOut, changed, software } }: { readonly of: TrainingReport }) {
  const { t } = useTranslation()
  return (
    <>
      {leftOut.map(({ reason, count, items }) => (
        <Line key={`left ${JSON.stringify(reason)}`} icon={warning}>
          {t('export.leftOutBecause', { count })} <MainText>{reason}</MainText> <ShownText text={`(${someOf(items, count)})`} />
        </Line>
      ))}
      {changed.map(({ reason, count, items }) => (
        <Line key={`changed ${JSON.stringify(reason)}`} icon={warning}>
          {t('export.changedBecause', { count })} <MainText>{reason}</MainText> <ShownText text={`(${someOf(items, count)})`} />
        </Line>
      ))}
      <Line icon={good}>
        {t('export.readBy')}: {software}
      </Line>
    </>
  )
}

const someOf = (items: readonly string[], count: number) => `${items.join(', ')}${count > items.length ? ' …' : ''}`

/** Report of an export: what was written, the result of the validator, and what was left out. */
export function ExportReportView({ report }: { readonly report: AnyReport }) {
  const { t } = useTranslation()
  const showFolder = useCallMutation('app.showFolder')
  const { issues, checks } = report.validation
  const errors = issues.filter(({ level }) => level === 'error').length
  const warnings = issues.length - errors
  return (
    <Stack component="section" gap="sm" className={classes.report} aria-labelledby="report-title">
      <Group justify="space-between">
        <Title order={3} id="report-title">
          {t('export.reportTitle')}
        </Title>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFolder size={16} aria-hidden />}
          onClick={() => showFolder.mutate({ path: report.directory })}
        >
          {t('export.showFolder')}
        </Button>
      </Group>
      <Stack gap="xs" role="status" className="numbers">
        <Line icon={good}>
          {'records' in report
            ? t('export.reportRows', { count: report.records, pairs: t('export.reportPairs', { count: report.pairs }) })
            : t('export.report', { count: report.pairs, images: t('export.reportImages', { count: report.images }) })}
        </Line>
        {errors === 0 ? (
          <Line icon={good}>{t('export.valid', { count: checks })}</Line>
        ) : (
          <Line icon={bad}>{t('export.invalid', { count: errors })}</Line>
        )}
        {warnings > 0 && <Line icon={warning}>{t('export.warnings', { count: warnings })}</Line>}
        {'records' in report ? (
          <Tallies of={report} />
        ) : (
          report.leftOut.length > 0 && <Line icon={warning}>{t('export.leftOut', { count: report.leftOut.length })}</Line>
        )}
        {report.leftOver.length > 0 && (
          <Line icon={warning}>
            {t('export.leftOver', { count: report.leftOver.length, names: report.leftOver.slice(0, MOST_NAMES).join(', ') })}
          </Line>
        )}
        {report.demoPairs > 0 && <Line icon={<IconFlask size={18} aria-hidden />}>{t('export.demo', { count: report.demoPairs })}</Line>}
      </Stack>
      <ScrollTable label={t('export.file')} columns={[t('export.file'), t('export.size')]}>
        {report.files.map((file) => (
          <Table.Tr key={file.name}>
            <Table.Td className="verbatim">
              <ShownText text={file.name} />
            </Table.Td>
            <Table.Td className="numbers">{formatBytes(file.bytes)}</Table.Td>
          </Table.Tr>
        ))}
      </ScrollTable>
      {issues.length > 0 && (
        <ScrollTable label={t('export.issues')} columns={[t('export.level'), t('export.file'), t('export.concerns'), t('export.message')]}>
          {issues.map((issue, index) => (
            <Table.Tr key={index}>
              <Table.Td>{t(`export.levels.${issue.level}`)}</Table.Td>
              <Table.Td className="verbatim">
                <ShownText text={issue.file} />
              </Table.Td>
              <Table.Td className="verbatim">
                <ShownText text={issue.id} />
              </Table.Td>
              <Table.Td className="verbatim">
                <MainText>{issue.message}</MainText>
              </Table.Td>
            </Table.Tr>
          ))}
        </ScrollTable>
      )}
      {!('records' in report) && report.leftOut.length > 0 && (
        <ScrollTable label={t('export.leftOut', { count: report.leftOut.length })} columns={[t('export.item'), t('export.reason')]}>
          {report.leftOut.map((left) => (
            <Table.Tr key={left.candidateId}>
              <Table.Td className="verbatim">
                <ShownText text={left.item} />
              </Table.Td>
              <Table.Td className="verbatim">
                <MainText>{left.reason}</MainText>
              </Table.Td>
            </Table.Tr>
          ))}
        </ScrollTable>
      )}
    </Stack>
  )
}
