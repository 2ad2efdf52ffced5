import { Anchor, Button, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconStar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Exemplar } from '../../../../shared/contract'
import type { ProjectInfo } from '../../../../shared/domain'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall, readAtVisit } from '../../api/queries'
import { goTo, goToReview } from '../../app/state/shell'
import { ColdStartPanel } from '../coldStart/ColdStartPanel'
import { ExemplarRow, type Place } from './ExemplarRow'
import { useExemplarOrder } from './useExemplarOrder'
import classes from './Exemplars.module.css'

const LIMIT = 200

/** The pool that prompts take their exemplars from, pinned ones first, and how drafts fared that had them. */
export function ExemplarsScreen({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const list = useCall('exemplar.list', { limit: LIMIT }, readAtVisit)
  const counts = useCall('candidate.counts', {}, readAtVisit).data
  if (list.error) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <Skeleton h={120} m="lg" />
  const empty = list.data.length === 0
  const total = counts ? counts.accepted + counts.edited : list.data.length
  return (
    <section className={classes.screen} aria-label={t('exemplars.title')} tabIndex={0}>
      <div className={classes.column}>
        <ColdStartPanel />
        {empty ? (
          <EmptyScreen icon={<IconStar size={40} stroke={1.5} />} title={t('exemplars.emptyTitle')} text={t('exemplars.emptyText')}>
            <Button onClick={() => goToReview()}>{t('exemplars.toReview')}</Button>
          </EmptyScreen>
        ) : (
          <>
            <Stack component="header" gap={4} my="md">
              <Title order={2}>{t('exemplars.count', { count: total })}</Title>
              <PolicySummary />
              {list.data.length < total && <Text c="dimmed">{t('exemplars.limited', { count: list.data.length })}</Text>}
            </Stack>
            <ExemplarList list={list.data} project={project} />
          </>
        )}
      </div>
    </section>
  )
}

function ExemplarList({ list, project }: { readonly list: readonly Exemplar[]; readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const { move, last } = useExemplarOrder(list, LIMIT)
  const pinned = list.filter(({ candidate }) => candidate.pinned)
  const lastPlace = pinned.findIndex(({ candidate }) => candidate.id === last?.candidateId)
  const place = ({ candidate: { id } }: Exemplar, index: number): Place => ({
    index,
    count: pinned.length,
    movedBy: last?.candidateId === id ? last.by : null,
    onMove: (by) => move(id, by),
  })
  return (
    <>
      {pinned.length > 1 && (
        <Text c="dimmed" mb="xs">
          {t('exemplars.orderHint')}
        </Text>
      )}
      <VisuallyHidden component="output" aria-live="polite">
        {pinned[lastPlace] &&
          t('exemplars.moved', { item: pinned[lastPlace].candidate.itemSourceId, place: lastPlace + 1, count: pinned.length })}
      </VisuallyHidden>
      <ul className={classes.list}>
        {list.map((exemplar, index) => (
          <ExemplarRow
            key={exemplar.candidate.id}
            exemplar={exemplar}
            projectUuid={project.uuid}
            place={exemplar.candidate.pinned ? place(exemplar, index) : null}
          />
        ))}
      </ul>
    </>
  )
}

function PolicySummary() {
  const { t } = useTranslation()
  const policy = useCall('prompt.get', {}).data?.settings.exemplars
  if (!policy) return null
  return (
    <Text c="dimmed">
      {policy.count === 0 ? t('exemplars.policy.off') : t(`exemplars.policy.${policy.fill}`, { count: policy.count })}{' '}
      {policy.count > 0 && policy.tokenBudget !== null && `${t('exemplars.budget', { tokens: policy.tokenBudget })} `}
      {t('exemplars.ownPairs')}{' '}
      <Anchor component="button" type="button" size="sm" underline="always" onClick={() => goTo('prompt')}>
        {t('exemplars.change')}
      </Anchor>
    </Text>
  )
}
