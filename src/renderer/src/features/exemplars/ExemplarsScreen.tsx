import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconStar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Exemplar } from '../../../../shared/contract'
import type { ProjectInfo } from '../../../../shared/domain'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ScreenToolbar } from '../../components/ScreenToolbar'
import { useCall, readAtVisit } from '../../api/queries'
import { goTo, goToReview } from '../../app/state/shell'
import { ColdStartPanel } from '../coldStart/ColdStartPanel'
import { ExemplarRow, type Place } from './ExemplarRow'
import { useExemplarOrder } from './useExemplarOrder'
import classes from './Exemplars.module.css'

const LIMIT = 200

/** The pool of exemplars for prompts, pinned ones first, with the verdicts on drafts whose prompt contained them. */
export function ExemplarsScreen({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const list = useCall('exemplar.list', { limit: LIMIT }, readAtVisit)
  const counts = useCall('candidate.counts', {}, readAtVisit).data
  if (list.error) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <Skeleton h={120} m="lg" />
  const empty = list.data.length === 0
  const total = counts ? counts.accepted + counts.edited : list.data.length
  return (
    <section className={classes.screen} aria-label={t('exemplars.title')}>
      <ScreenToolbar title={t('exemplars.title')} info={!empty && t('exemplars.count', { count: total })}>
        <Button variant="default" onClick={() => goTo('prompt')}>
          {t('exemplars.change')}
        </Button>
      </ScreenToolbar>
      <section className={classes.body} aria-label={t('exemplars.list')} tabIndex={0}>
        <div className={classes.coldStart}>
          <ColdStartPanel />
        </div>
        {empty ? (
          <EmptyScreen icon={<IconStar size={40} stroke={1.5} />} title={t('exemplars.emptyTitle')} text={t('exemplars.emptyText')}>
            <Button onClick={() => goToReview()}>{t('exemplars.toReview')}</Button>
          </EmptyScreen>
        ) : (
          <>
            <div className={classes.policy}>
              <PolicySummary />
              {list.data.length < total && <span> {t('exemplars.limited', { count: list.data.length })}</span>}
            </div>
            <ExemplarList list={list.data} project={project} />
          </>
        )}
      </section>
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
      {pinned.length > 1 && <div className={classes.policy}>{t('exemplars.orderHint')}</div>}
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
    <span>
      {policy.count === 0 ? t('exemplars.policy.off') : t(`exemplars.policy.${policy.fill}`, { count: policy.count })}{' '}
      {policy.count > 0 && policy.tokenBudget !== null && `${t('exemplars.budget', { tokens: policy.tokenBudget })} `}
      {t('exemplars.ownPairs')}
    </span>
  )
}
