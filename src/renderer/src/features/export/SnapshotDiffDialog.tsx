import { Button, Group, Loader, Modal, Select, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { diffKindSchema, type DiffCursor, type DiffEntry, type DiffKind, type SnapshotSummary } from '../../../../shared/snapshot'
import { call } from '../../api/api'
import { useCall } from '../../api/queries'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ShownText } from '../../components/text/ShownText'
import { formatNumber } from '../../format'
import { DiffText } from '../review/pair/DiffText'
import classes from './Export.module.css'

const PAGE = 50

interface Props {
  /** Newest first, at least two. */
  readonly snapshots: readonly SnapshotSummary[]
  readonly onClose: () => void
}

/** Dialog that shows the pairs that were added, removed and changed between two snapshots, with their texts. */
export function SnapshotDiffDialog({ snapshots, onClose }: Props) {
  const { t } = useTranslation()
  const [newest, previous] = snapshots
  const [before, setBefore] = useState(previous?.id ?? 0)
  const [after, setAfter] = useState(newest?.id ?? 0)
  const [kind, setKind] = useState<DiffKind | null>(null)
  const two = { before, after }
  const diff = useCall('snapshot.diff', two)
  const pages = useInfiniteQuery({
    queryKey: ['snapshot.diffPage', two, kind],
    initialPageParam: null as DiffCursor | null,
    queryFn: ({ pageParam }) => call('snapshot.diffPage', { ...two, ...(kind && { kind }), cursor: pageParam, limit: PAGE }),
    getNextPageParam: ({ next }) => next,
  })
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? []
  const error = diff.error ?? pages.error
  const choices = snapshots.map(({ id, name }) => ({ value: String(id), label: name }))
  return (
    <Modal opened onClose={onClose} title={t('snapshots.compareTitle')} size={880} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <Select
            size="xs"
            label={t('snapshots.before')}
            data={choices}
            value={String(before)}
            allowDeselect={false}
            onChange={(value) => value && setBefore(Number(value))}
          />
          <Select
            size="xs"
            label={t('snapshots.after')}
            data={choices}
            value={String(after)}
            allowDeselect={false}
            onChange={(value) => value && setAfter(Number(value))}
          />
          <Select
            size="xs"
            label={t('snapshots.show')}
            placeholder={t('snapshots.all')}
            clearable
            clearButtonProps={{ 'aria-label': t('snapshots.all') }}
            data={diffKindSchema.options.map((value) => ({
              value,
              label: `${t(`snapshots.kinds.${value}`)}${diff.data ? ` (${formatNumber(diff.data[value])})` : ''}`,
            }))}
            value={kind}
            onChange={(value) => setKind(value === null ? null : diffKindSchema.parse(value))}
          />
        </Group>
        {error && <ProblemNotice error={error} />}
        {diff.data && (
          <Text size="sm" role="status" className="numbers">
            {t('snapshots.summary', { ...diff.data })}
          </Text>
        )}
        {pages.isPending && !error && <Loader size="sm" aria-label={t('snapshots.reading')} />}
        <ul className={classes.preferences}>
          {entries.map((entry) => (
            <Entry key={entry.candidateId} entry={entry} />
          ))}
        </ul>
        {pages.hasNextPage && (
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('snapshots.more')}
          </Button>
        )}
      </Stack>
    </Modal>
  )
}

function Entry({ entry: { item, kind, changes, before, after } }: { readonly entry: DiffEntry }) {
  const { t } = useTranslation()
  const shown = after ?? before
  if (!shown) return null
  const words = changes.map((change) => t(`snapshots.changes.${change}`)).join(', ')
  return (
    <li className={classes.preference}>
      <div className={classes.asked}>
        <Text size="xs" c="dimmed">
          {t(`snapshots.kinds.${kind}`)}
          {words && `: ${words}`} · {t('export.item')} <ShownText text={item} />
          {before &&
            after &&
            before.split !== after.split &&
            ` · ${t(`snapshots.split.${before.split}`)} → ${t(`snapshots.split.${after.split}`)}`}
        </Text>
        {before && after ? <DiffText before={before.instruction} after={after.instruction} /> : <ShownText text={shown.instruction} />}
      </div>
      <p className={`${classes.answer} ${classes.whole}`}>
        {before && after ? <DiffText before={before.response} after={after.response} /> : <ShownText text={shown.response} />}
      </p>
    </li>
  )
}
