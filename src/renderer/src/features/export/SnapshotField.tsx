import { Button, Group, Select, Text } from '@mantine/core'
import { IconArrowsDiff, IconCamera, IconFileDescription, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '../../../../shared/contract'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { showDone } from '../../components/showProblem'
import { readAtVisit, useCall, useCallMutation } from '../../api/queries'
import { formatDate, formatNumber } from '../../format'
import { CardDialog } from './CardDialog'
import { SnapshotDiffDialog } from './SnapshotDiffDialog'
import { SnapshotDialog } from './SnapshotDialog'

interface Props {
  /** Null for the current approved pairs. */
  readonly snapshotId: number | null
  readonly onChoose: (id: number | null) => void
}

const countExports = (history: CallOutput<'export.history'>, id: number): number =>
  history.filter(({ snapshotId, result }) => snapshotId === id && result === 'done').length

/** Selects the pairs to export: the current approved pairs, or a snapshot, which never changes. */
export function SnapshotField({ snapshotId, onChoose }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'create' | 'card' | 'compare' | 'delete' | null>(null)
  const { data: snapshots = [] } = useCall('snapshot.list', {}, readAtVisit)
  const history = useCall('export.history', {}, readAtVisit)
  const remove = useCallMutation('snapshot.delete')
  const chosen = snapshots.find(({ id }) => id === snapshotId)
  const now = 'now'
  return (
    <div>
      <Select
        label={t('snapshots.pairs')}
        data={[
          { value: now, label: t('snapshots.now') },
          ...snapshots.map(({ id, name, counts: { pairs } }) => ({
            value: String(id),
            label: t('snapshots.option', { name, pairs: formatNumber(pairs) }),
          })),
        ]}
        value={chosen ? String(chosen.id) : now}
        allowDeselect={false}
        onChange={(value) => onChoose(value === null || value === now ? null : Number(value))}
      />
      {chosen && (
        <Text size="xs" c="dimmed" mt={4} className="numbers">
          {t('snapshots.made', { date: formatDate(chosen.createdAt), person: chosen.createdBy })}
          {chosen.shares.train < 100 &&
            ` · ${t('snapshots.splits', {
              train: formatNumber(chosen.counts.splits.train.pairs),
              validation: formatNumber(chosen.counts.splits.validation.pairs),
              test: formatNumber(chosen.counts.splits.test.pairs),
            })}`}
        </Text>
      )}
      <Group gap="xs" mt={8}>
        <Button size="xs" variant="default" leftSection={<IconCamera size={16} aria-hidden />} onClick={() => setOpen('create')}>
          {t('snapshots.new')}
        </Button>
        {chosen && (
          <Button size="xs" variant="default" leftSection={<IconFileDescription size={16} aria-hidden />} onClick={() => setOpen('card')}>
            {t('snapshots.card')}
          </Button>
        )}
        {snapshots.length > 1 && (
          <Button size="xs" variant="default" leftSection={<IconArrowsDiff size={16} aria-hidden />} onClick={() => setOpen('compare')}>
            {t('snapshots.compare')}
          </Button>
        )}
        {chosen && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            loading={remove.isPending}
            onClick={() => setOpen('delete')}
          >
            {t('snapshots.delete')}
          </Button>
        )}
      </Group>
      {chosen && (
        <ConfirmDialog
          opened={open === 'delete'}
          title={t('snapshots.deleteTitle', { name: chosen.name })}
          text={`${t('snapshots.deleteText')} ${t('snapshots.deleteExports', { count: countExports(history.data ?? [], chosen.id) })}`}
          action={t('snapshots.deleteAction')}
          onClose={() => setOpen(null)}
          onConfirm={() =>
            remove.mutate(
              { id: chosen.id },
              {
                onSuccess: () => {
                  showDone(t('snapshots.deleted', { name: chosen.name }))
                  onChoose(null)
                },
              },
            )
          }
        />
      )}
      {open === 'create' && (
        <SnapshotDialog
          taken={snapshots.map(({ name }) => name)}
          onClose={() => setOpen(null)}
          onCreated={(id) => {
            setOpen(null)
            onChoose(id)
          }}
        />
      )}
      {open === 'card' && chosen && <CardDialog id={chosen.id} name={chosen.name} onClose={() => setOpen(null)} />}
      {open === 'compare' && <SnapshotDiffDialog snapshots={snapshots} onClose={() => setOpen(null)} />}
    </div>
  )
}
