import { Button, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../../shared/domain'
import { MainText } from '../../components/text/MainText'
import { call } from '../../api/api'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ScrollTable } from '../../components/ScrollTable'
import { Verbatim } from '../../components/text/Verbatim'
import classes from './Runs.module.css'
import { ShownText } from '../../components/text/ShownText'

const PAGE = 50

/** The failed calls of a run: the item, the true error, what helps, and the reply as text. */
export function FailureTable({ runId }: { readonly runId: number }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['run.calls', 'failures', runId],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => call('run.calls', { runId, states: ['failed'], after: pageParam, limit: PAGE }),
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
  })
  if (query.error) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return null
  if (query.data.pages[0]?.length === 0)
    return (
      <Text size="sm" c="dimmed" mt="xs">
        {t('runs.failuresAgain')}
      </Text>
    )
  return (
    <div className={classes.failures}>
      <ScrollTable
        label={t('runs.failuresOf', { id: runId })}
        columns={[t('runs.columnItem'), t('runs.columnError'), t('runs.columnRemedy')]}
      >
        {query.data.pages.flat().map((failure) => (
          <FailureRow key={failure.id} failure={failure} />
        ))}
      </ScrollTable>
      {query.hasNextPage && (
        <Button mt="xs" size="xs" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('runs.moreFailures')}
        </Button>
      )}
    </div>
  )
}

function FailureRow({ failure }: { readonly failure: Call }) {
  const { t } = useTranslation()
  const code = failure.error?.code ?? 'unknown'
  const facts = [
    failure.error?.status ? t('runs.status', { status: failure.error.status }) : null,
    t('runs.attempt', { attempt: failure.attempt }),
  ]
  return (
    <Table.Tr>
      <Table.Td className="verbatim">
        <ShownText text={failure.itemSourceId} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={500}>
          {t(`runs.errors.${code}.title`)}
        </Text>
        <Text size="sm" className="verbatim">
          {failure.error && <MainText>{failure.error.message}</MainText>}
        </Text>
        <Text size="xs" c="dimmed">
          {facts.filter(Boolean).join(' · ')}
        </Text>
        {failure.reply && (
          <details>
            <summary>{t('runs.reply')}</summary>
            <Verbatim label={t('runs.reply')} text={failure.reply} />
          </details>
        )}
      </Table.Td>
      <Table.Td>{t(`runs.errors.${code}.remedy`)}</Table.Td>
    </Table.Tr>
  )
}
