import { Anchor, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconStar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ProjectInfo } from '../../../../shared/domain'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall, readAtVisit } from '../../queries'
import { goTo, goToReview } from '../../state/shell'
import { ExemplarRow } from './ExemplarRow'
import classes from './Exemplars.module.css'

const LIMIT = 200

/** The pool that prompts take their exemplars from, pinned ones first, and how drafts fared that had them. */
export function ExemplarsScreen({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const list = useCall('exemplar.list', { limit: LIMIT }, readAtVisit)
  const counts = useCall('candidate.counts', {}, readAtVisit).data
  if (list.error) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <Skeleton h={120} m="lg" />
  if (list.data.length === 0)
    return (
      <EmptyScreen icon={<IconStar size={40} stroke={1.5} />} title={t('exemplars.emptyTitle')} text={t('exemplars.emptyText')}>
        <Button onClick={() => goToReview()}>{t('exemplars.toReview')}</Button>
      </EmptyScreen>
    )
  const total = counts ? counts.accepted + counts.edited : list.data.length
  return (
    <section className={classes.screen} aria-label={t('exemplars.title')} tabIndex={0}>
      <div className={classes.column}>
        <Stack component="header" gap={4} mb="md">
          <Title order={2}>{t('exemplars.count', { count: total })}</Title>
          <PolicySummary />
          {list.data.length < total && <Text c="dimmed">{t('exemplars.limited', { count: list.data.length })}</Text>}
        </Stack>
        <ul className={classes.list}>
          {list.data.map((exemplar) => (
            <ExemplarRow key={exemplar.candidate.id} exemplar={exemplar} projectUuid={project.uuid} />
          ))}
        </ul>
      </div>
    </section>
  )
}

function PolicySummary() {
  const { t } = useTranslation()
  const policy = useCall('prompt.get', {}).data?.settings.exemplars
  if (!policy) return null
  return (
    <Text c="dimmed">
      {policy.count === 0 ? t('exemplars.policy.off') : t(`exemplars.policy.${policy.fill}`, { count: policy.count })}{' '}
      {t('exemplars.ownPairs')}{' '}
      <Anchor component="button" type="button" size="sm" underline="always" onClick={() => goTo('prompt')}>
        {t('exemplars.change')}
      </Anchor>
    </Text>
  )
}
