import { Loader, Modal, Stack, Table, Text, Title, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Agreement, OwnFigures } from '../../../../shared/quality'
import { ProblemNotice } from '../../components/ProblemNotice'
import { readAtVisit, useCall } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import classes from './quality.module.css'
import { ShownText } from '../../components/text/ShownText'

/** Dialog with statistics of the current reviewer's own work. It shows no figures of others and no ranking. */
export function OwnFiguresDialog() {
  const { t } = useTranslation()
  const opened = dialogs.use((state) => state.ownFigures)
  return (
    <Modal
      opened={opened}
      onClose={() => dialogs.set({ ownFigures: false })}
      title={t('quality.figures.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <Figures />}
    </Modal>
  )
}

function Figures() {
  const { t, i18n } = useTranslation()
  const { data: figures, error, refetch } = useCall('quality.ownFigures', {}, readAtVisit)
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!figures) return <Loader aria-label={t('common.loading')} />
  const { accepted, edited, rejected, ignored, medianSeconds, days, checks } = figures
  const decided = accepted + edited + rejected + ignored
  if (decided + checks.caught + checks.missed === 0) return <Text>{t('quality.figures.none')}</Text>
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 })
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 })
  const none = t('quality.figures.nothing')
  const ofDecided = (count: number) => (decided > 0 ? `${number.format(count)} (${percent.format(count / decided)})` : none)
  const pairs = days.reduce((sum, day) => sum + day.pairs, 0)
  const rows = [
    [t('quality.figures.decided'), number.format(decided)],
    [t('quality.figures.accepted'), ofDecided(accepted)],
    [t('quality.figures.edited'), ofDecided(edited)],
    [t('quality.figures.rejected'), ofDecided(rejected)],
    [t('quality.figures.ignored'), ofDecided(ignored)],
    [
      t('quality.figures.medianTime'),
      medianSeconds === null ? none : t('quality.figures.seconds', { value: number.format(medianSeconds) }),
    ],
    [t('quality.figures.perDay'), days.length > 0 ? number.format(pairs / days.length) : none],
    [
      t('quality.figures.checks'),
      checks.caught + checks.missed > 0
        ? t('quality.figures.checksOf', { caught: checks.caught, all: checks.caught + checks.missed })
        : none,
    ],
  ] as const
  return (
    <Stack>
      <Text size="sm" c="dimmed" className="verbatim">
        <ShownText text={t('quality.figures.of', { reviewer: figures.reviewer })} />
      </Text>
      <dl className={classes.figures}>
        {rows.map(([name, value]) => (
          <Figure key={name} name={name} value={value} />
        ))}
        <AgreementFigure name={t('quality.figures.agreement')} agreement={figures.agreement} />
        <AgreementFigure name={t('quality.figures.projectAgreement')} agreement={figures.projectAgreement} />
      </dl>
      {days.length > 0 && <Days days={days} />}
    </Stack>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="numbers">{value}</dd>
    </>
  )
}

function AgreementFigure({ name, agreement: { pairs, agreed, kappa } }: { readonly name: string; readonly agreement: Agreement }) {
  const { t, i18n } = useTranslation()
  const share = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(pairs > 0 ? agreed / pairs : 0)
  const rounded = kappa === null ? t('quality.figures.nothing') : kappa.toLocaleString(i18n.language, { maximumFractionDigits: 2 })
  return (
    <>
      <dt>{name}</dt>
      <dd className="numbers">
        {pairs === 0 ? (
          t('quality.figures.nothing')
        ) : (
          <>
            {t('quality.figures.agreementOf', { share, count: pairs })},{' '}
            <Tooltip label={t('quality.figures.kappaHint')} multiline w={260}>
              <span>{t('quality.figures.kappa', { kappa: rounded })}</span>
            </Tooltip>
          </>
        )}
      </dd>
    </>
  )
}

function Days({ days }: Pick<OwnFigures, 'days'>) {
  const { t, i18n } = useTranslation()
  return (
    <div>
      <Title order={3} mb="xs">
        {t('quality.figures.days')}
      </Title>
      <Table maw={320}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('quality.figures.day')}</Table.Th>
            <Table.Th>{t('quality.figures.pairs')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map(({ day, pairs }) => (
            <Table.Tr key={day}>
              <Table.Td>{new Date(day).toLocaleDateString(i18n.language)}</Table.Td>
              <Table.Td className="numbers">{pairs.toLocaleString(i18n.language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
