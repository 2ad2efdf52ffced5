import { Button, Table, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureGroup } from '../../../../shared/contract'
import type { Call, Run } from '../../../../shared/domain'
import { call } from '../../api/api'
import { useCall } from '../../api/queries'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ScrollTable } from '../../components/ScrollTable'
import { MainText } from '../../components/text/MainText'
import { ShownText } from '../../components/text/ShownText'
import { useItemName } from '../../components/text/useItemName'
import { Verbatim } from '../../components/text/Verbatim'
import classes from './Runs.module.css'

const PAGE = 50

interface Props {
  readonly run: Run
  /** Whether the run can be retried: no process is working on it. */
  readonly canRetry: boolean
  readonly isRetrying: boolean
  /** Whether the run can be resumed, which requests all failed items again. */
  readonly isResumable: boolean
  /** Retries the given items, or all items without an answer. */
  readonly onRetry: (itemIds?: readonly number[]) => void
}

/** The failures of a run by reason: an explanation, their number, the items, and the remedy. */
export function FailureGroups({ run, canRetry, isResumable, isRetrying, onRetry }: Props) {
  const { t } = useTranslation()
  const groups = useCall('run.failures', { runId: run.id })
  if (groups.error) return <ProblemNotice error={groups.error} onRetry={() => void groups.refetch()} />
  if (!groups.data) return null
  if (groups.data.length === 0)
    return (
      <Text size="sm" c="dimmed" className={classes.failures}>
        {t('runs.failuresAgain')}
      </Text>
    )
  return (
    <section className={classes.failures} aria-label={t('runs.failuresOf', { id: run.id })}>
      <header className={classes.failuresHead}>
        <span>
          {t('runs.failed', { count: run.failed })} · {t('runs.reasons', { count: groups.data.length })}
        </span>
        {canRetry && !isResumable && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={isRetrying}
            onClick={() => onRetry(groups.data.flatMap(({ itemIds }) => itemIds))}
          >
            {t('runs.retryAll', { count: run.failed })}
          </Button>
        )}
      </header>
      <ul className={classes.groups}>
        {groups.data.map((group) => (
          <Group
            key={group.callIds[0]}
            group={group}
            runId={run.id}
            canRetry={canRetry && groups.data.length > 1}
            onRetry={() => onRetry(group.itemIds)}
            isRetrying={isRetrying}
          />
        ))}
      </ul>
    </section>
  )
}

interface GroupProps {
  readonly group: FailureGroup
  readonly runId: number
  readonly canRetry: boolean
  readonly isRetrying: boolean
  readonly onRetry: () => void
}

function Group({ group: { error, callIds, itemIds, items }, runId, canRetry, isRetrying, onRetry }: GroupProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const title = t(`runs.errors.${error.code}.title`)
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  const more = callIds.length - items.length
  return (
    <li className={classes.group} aria-labelledby={id}>
      <div className={classes.groupHead}>
        <UnstyledButton className={classes.groupToggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Chevron size={16} aria-hidden />
          <strong id={id}>{title}</strong>
          <span className={classes.quiet}>{t('runs.failedItems', { count: callIds.length })}</span>
        </UnstyledButton>
        {canRetry && (
          <Button size="compact-xs" variant="default" loading={isRetrying} aria-label={t('runs.retryGroupOf', { title })} onClick={onRetry}>
            {t('runs.retryGroup', { count: callIds.length })}
          </Button>
        )}
      </div>
      <div className={classes.groupText}>
        {/* The individual failures have their own texts. */}
        {!isOpen && (
          <div className="verbatim">
            <MainText>{error.message}</MainText>
          </div>
        )}
        <div>{t(`runs.errors.${error.code}.remedy`)}</div>
        {!isOpen && (
          <div className={`${classes.quiet} verbatim`}>
            {t('runs.columnItem')}:{' '}
            {items.map((sourceId, at) => (
              <Fragment key={at}>
                {at > 0 && ', '}
                <ItemName id={itemIds[at]} sourceId={sourceId} />
              </Fragment>
            ))}
            {more > 0 && ` ${t('runs.moreItems', { count: more })}`}
          </div>
        )}
        {isOpen && <FailedCalls runId={runId} callIds={callIds} label={title} />}
      </div>
    </li>
  )
}

/** The failed calls of a group: the item, the original error, and the reply as text. */
function FailedCalls({ runId, callIds, label }: { readonly runId: number; readonly callIds: readonly number[]; readonly label: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['run.calls', runId, callIds],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      call('run.calls', { runId, states: ['failed'], ids: callIds.slice(pageParam, pageParam + PAGE), after: 0, limit: PAGE }),
    getNextPageParam: (_page, _pages, last) => (last + PAGE < callIds.length ? last + PAGE : undefined),
  })
  if (query.error) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return null
  return (
    <div>
      <ScrollTable label={label} columns={[t('runs.columnItem'), t('runs.columnError')]}>
        {query.data.pages.flat().map((failure) => (
          <FailureRow key={failure.id} failure={failure} />
        ))}
      </ScrollTable>
      {query.hasNextPage && (
        <Button mt="xs" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('runs.moreFailures')}
        </Button>
      )}
    </div>
  )
}

function FailureRow({ failure: { itemId, itemSourceId, error, attempt, reply } }: { readonly failure: Call }) {
  const { t } = useTranslation()
  const facts = [error?.status ? t('runs.status', { status: error.status }) : null, t('runs.attempt', { attempt })]
  return (
    <Table.Tr>
      <Table.Td className="verbatim">
        <ItemName id={itemId} sourceId={itemSourceId} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" className="verbatim">
          {error && <MainText>{error.message}</MainText>}
        </Text>
        <Text size="xs" c="dimmed">
          {facts.filter(Boolean).join(' · ')}
        </Text>
        {reply && (
          <details>
            <summary>{t('runs.reply')}</summary>
            <Verbatim label={t('runs.reply')} text={reply} />
          </details>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function ItemName({ id, sourceId }: { readonly id: number | undefined; readonly sourceId: string }) {
  return <ShownText text={useItemName(id, sourceId)} />
}
