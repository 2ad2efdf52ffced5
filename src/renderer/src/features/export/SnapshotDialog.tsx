import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maxSeed } from '../../../../shared/domain'
import type { EventPayload } from '../../../../shared/contract'
import { noSplit, snapshotRequestSchema, splitSharesSchema, type SnapshotFilter, type SplitShares } from '../../../../shared/snapshot'
import { on } from '../../api/api'
import { readAtVisit, useCall, useCallMutation } from '../../api/queries'
import { DialogFooter } from '../../components/DialogFooter'
import { NumberField } from '../../components/fields/NumberField'
import { ProblemNotice } from '../../components/ProblemNotice'
import { languageName } from '../table/languageName'

interface Props {
  /** Names of the existing snapshots of the project. */
  readonly taken: readonly string[]
  readonly onClose: () => void
  readonly onCreated: (id: number) => void
}

/** Dialog that stores the approved pairs of a filter as an immutable snapshot, split by media into training and test data. */
export function SnapshotDialog({ taken, onClose, onCreated }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [filter, setFilter] = useState<SnapshotFilter>({})
  const [shares, setShares] = useState<SplitShares>(noSplit)
  const [seed, setSeed] = useState(1)
  const preview = useCall('snapshot.preview', { filter }, { ...readAtVisit, placeholderData: (before) => before })
  const create = useCallMutation('snapshot.create', { onError: () => undefined }) // shown in the dialog
  const cancel = useCallMutation('snapshot.cancel')
  const request = snapshotRequestSchema.safeParse({ name, filter, shares, seed })
  const isTaken = taken.includes(name.trim())
  const areSharesWhole = splitSharesSchema.safeParse(shares).success
  return (
    <Modal opened onClose={onClose} title={t('snapshots.newTitle')} size={560} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack
        component="form"
        gap="sm"
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault()
          if (!request.success || isTaken) return
          create.mutate(request.data, { onSuccess: (made) => made && onCreated(made.id) })
        }}
      >
        <Text size="sm" c="dimmed">
          {t('snapshots.hint')}
        </Text>
        <TextInput
          data-autofocus
          label={t('snapshots.name')}
          value={name}
          maxLength={80}
          error={isTaken && t('snapshots.nameTaken')}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <FilterForm filter={filter} onChange={setFilter} />
        <Group gap="sm" align="flex-end" wrap="nowrap">
          {(['train', 'validation', 'test'] as const).map((split) => (
            <NumberField
              key={split}
              size="xs"
              label={t(`snapshots.split.${split}`)}
              suffix=" %"
              min={0}
              max={100}
              value={shares[split]}
              onValue={(share) => setShares({ ...shares, [split]: share })}
            />
          ))}
          <NumberField size="xs" label={t('snapshots.seed')} min={0} max={maxSeed} value={seed} onValue={setSeed} />
        </Group>
        <Text size="xs" c={areSharesWhole ? 'dimmed' : 'var(--mantine-color-error)'} role={areSharesWhole ? undefined : 'alert'}>
          {t(areSharesWhole ? 'snapshots.splitHint' : 'snapshots.sharesWrong')}
        </Text>
        {preview.error && <ProblemNotice error={preview.error} />}
        {preview.data && (
          <Text size="sm" role="status" className="numbers">
            {t('snapshots.found', { count: preview.data.pairs, items: preview.data.items })}
            {preview.data.heldBack > 0 && ` ${t('snapshots.heldBack', { count: preview.data.heldBack })}`}
          </Text>
        )}
        {create.error && <ProblemNotice error={create.error} />}
        {create.data === null && <Text role="status">{t('snapshots.cancelled')}</Text>}
        {create.isPending && <SnapshotProgress />}
        <DialogFooter>
          {create.isPending ? (
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
              {t('export.stop')}
            </Button>
          ) : (
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          )}
          <Button type="submit" loading={create.isPending} disabled={!request.success || isTaken || preview.data?.pairs === 0}>
            {t('snapshots.create')}
          </Button>
        </DialogFooter>
      </Stack>
    </Modal>
  )
}

function SnapshotProgress() {
  const { t } = useTranslation()
  const [progress, setProgress] = useState<EventPayload<'snapshot.progress'> | null>(null)
  useEffect(() => on('snapshot.progress', setProgress), [])
  return (
    <Text size="sm" role="status" className="numbers">
      {progress ? t(`snapshots.steps.${progress.step}`, { done: progress.done, total: progress.total }) : t('snapshots.creating')}
    </Text>
  )
}

/** Filter of the approved pairs; an empty field does not filter. */
function FilterForm({ filter, onChange }: { readonly filter: SnapshotFilter; readonly onChange: (filter: SnapshotFilter) => void }) {
  const { t } = useTranslation()
  const tags = useCall('marks.tags', {}).data ?? []
  const languages = useCall('language.list', {}).data?.languages ?? []
  /** Changes a part of the filter; undefined removes it. */
  const set = (part: { readonly [K in keyof SnapshotFilter]?: SnapshotFilter[K] | undefined }) =>
    onChange(Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined)))
  const shared = {
    size: 'xs',
    clearable: true,
    placeholder: t('snapshots.any'),
    clearButtonProps: { 'aria-label': t('snapshots.any') },
  } as const
  return (
    <Group gap="sm" grow preventGrowOverflow={false}>
      <Select
        {...shared}
        label={t('snapshots.state')}
        data={(['accepted', 'edited'] as const).map((value) => ({ value, label: t(`common.states.${value}`) }))}
        value={filter.states?.[0] ?? null}
        onChange={(value) => set({ states: value === 'accepted' || value === 'edited' ? [value] : undefined })}
      />
      <Select
        {...shared}
        searchable
        label={t('review.filterParts.tag')}
        data={tags}
        value={filter.tag ?? null}
        nothingFoundMessage={t('review.noTags')}
        onChange={(value) => set({ tag: value ?? undefined })}
      />
      <Select
        {...shared}
        label={t('snapshots.rating')}
        data={['1', '2', '3', '4', '5'].map((value) => ({ value, label: t('snapshots.ratingFrom', { rating: value }) }))}
        value={filter.rating?.toString() ?? null}
        onChange={(value) => set({ rating: value === null ? undefined : Number(value) })}
      />
      <Select
        {...shared}
        searchable
        label={t('review.filterParts.language')}
        data={languages.map((value) => ({ value, label: languageName(value, t) }))}
        value={filter.language ?? null}
        nothingFoundMessage={t('review.nothingKnown')}
        onChange={(value) => set({ language: value ?? undefined })}
      />
      <Select
        {...shared}
        label={t('review.filterParts.flagged')}
        data={(['yes', 'no'] as const).map((value) => ({ value, label: t(`snapshots.flags.${value}`) }))}
        value={filter.flagged === undefined ? null : filter.flagged ? 'yes' : 'no'}
        onChange={(value) => set({ flagged: value === null ? undefined : value === 'yes' })}
      />
      <Select
        {...shared}
        label={t('snapshots.secondReview')}
        data={[{ value: 'agreed', label: t('snapshots.agreed') }]}
        value={filter.secondReview ?? null}
        onChange={(value) => set({ secondReview: value === 'agreed' ? value : undefined })}
      />
      <TextInput
        size="xs"
        label={t('review.filterParts.reviewer')}
        placeholder={t('snapshots.any')}
        value={filter.reviewer ?? ''}
        maxLength={200}
        onChange={({ currentTarget }) => set({ reviewer: currentTarget.value || undefined })}
      />
    </Group>
  )
}
