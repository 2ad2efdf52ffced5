import { Button, Group, Popover, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { candidateFilterSchema, defaultReviewSettings, type CandidateFilter } from '../../../../../shared/review'
import { useCall, useCallMutation } from '../../../api/queries'
import { MoreFilterFields } from '../../table/MoreFilterFields'
import { BulkActions } from './BulkActions'
import { filterSelect, partsOf, withPart } from './filters'
import classes from '../review.module.css'
import { wordsOf } from '../panels/RejectPanel'

interface Props {
  readonly filter: CandidateFilter
  readonly onShow: (filter: CandidateFilter) => void
  /** the keys belong to the pair again */
  readonly onLeave: () => void
}

/** What the queue is narrowed to beside state and words, how many pairs that finds, views kept under a name, and steps over all of them. */
export function FilterMenu({ filter, onShow, onLeave }: Props) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const close = () => {
    setOpened(false)
    onLeave()
  }
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      width={360}
      position="bottom-end"
      trapFocus
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFilter size={14} aria-hidden />}
          aria-haspopup="dialog"
          aria-expanded={opened}
          onClick={() => (opened ? close() : setOpened(true))}
        >
          {t('review.moreFilters')}
          {partsOf(filter).length > 0 && <span className={`${classes.badge} numbers`}>{partsOf(filter).length}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('review.moreFilters')}>
        {opened && <Fields filter={filter} onShow={onShow} onDone={close} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function Fields({
  filter,
  onShow,
  onDone,
}: {
  readonly filter: CandidateFilter
  readonly onShow: (filter: CandidateFilter) => void
  readonly onDone: () => void
}) {
  const { t, i18n } = useTranslation()
  const { reasons } = useCall('review.settings', {}).data ?? defaultReviewSettings
  const tags = useCall('marks.tags', {}).data ?? []
  const versions = useCall('prompt.get', {}).data?.versions ?? []
  const runs = useCall('run.list', {}).data ?? []
  const counted = useCall('candidate.count', { filter }, { placeholderData: (before) => before, staleTime: 0 })
  const count = counted.data
  const set = (part: Partial<CandidateFilter>) => onShow(withPart(filter, part))
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600} role="status" className="numbers">
        {count === undefined ? t('review.counting') : t('review.found', { count })}
      </Text>
      <Group grow gap="xs">
        <Select
          {...filterSelect}
          label={t('review.filterParts.flagged')}
          value={filter.flagged ?? null}
          data={(['any', 'mine'] as const).map((value) => ({ value, label: t(`review.flagFilters.${value}`) }))}
          onChange={(value) => set({ flagged: candidateFilterSchema.shape.flagged.parse(value ?? undefined) })}
        />
        <Select
          {...filterSelect}
          searchable
          label={t('review.filterParts.tag')}
          value={filter.tag ?? null}
          data={tags}
          nothingFoundMessage={t('review.noTags')}
          onChange={(value) => set({ tag: value ?? undefined })}
        />
      </Group>
      <Group grow gap="xs">
        <Select
          {...filterSelect}
          label={t('review.filterParts.reason')}
          value={filter.reason ?? null}
          data={reasons.map((value) => ({ value, label: wordsOf(value, t) }))}
          onChange={(value) => set({ reason: value ?? undefined })}
        />
        <Select
          {...filterSelect}
          label={t('review.filterParts.promptVersionId')}
          value={filter.promptVersionId?.toString() ?? null}
          data={versions.map(({ id }) => ({ value: String(id), label: t('review.promptVersion', { id }) }))}
          onChange={(value) => set({ promptVersionId: value === null ? undefined : Number(value) })}
        />
      </Group>
      <Group grow gap="xs">
        <Select
          {...filterSelect}
          label={t('review.filterParts.runId')}
          value={filter.runId?.toString() ?? null}
          data={runs.map(({ run: { id, createdAt } }) => ({
            value: String(id),
            label: `${t('review.ofRun', { id })} · ${new Date(createdAt).toLocaleDateString(i18n.language)}`,
          }))}
          onChange={(value) => set({ runId: value === null ? undefined : Number(value) })}
        />
        <TextInput
          size="xs"
          label={t('review.filterParts.reviewer')}
          value={filter.reviewer ?? ''}
          maxLength={200}
          onChange={(event) => set({ reviewer: event.currentTarget.value || undefined })}
        />
      </Group>
      <Select
        {...filterSelect}
        label={t('review.filterParts.origin')}
        value={filter.origin ?? null}
        data={(['human', 'model'] as const).map((value) => ({ value, label: t(`review.origins.${value}`) }))}
        onChange={(value) => set({ origin: candidateFilterSchema.shape.origin.parse(value ?? undefined) })}
      />
      <Switch
        size="xs"
        label={t('review.filterParts.commented')}
        checked={filter.commented === true}
        onChange={(event) => set({ commented: event.currentTarget.checked || undefined })}
      />
      <MoreFilterFields filter={filter} onSet={set} />
      <Views filter={filter} onShow={onShow} />
      <BulkActions target={{ filter }} count={count ?? 0} counting={counted.isPlaceholderData} onDone={onDone} />
    </Stack>
  )
}

function Views({ filter, onShow }: { readonly filter: CandidateFilter; readonly onShow: (filter: CandidateFilter) => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const views = useCall('view.list', {}).data ?? []
  const save = useCallMutation('view.save', { onSuccess: () => setName('') })
  const remove = useCallMutation('view.remove').mutate
  const same = views.find((view) => JSON.stringify(view.filter) === JSON.stringify(filter))
  return (
    <Stack gap={4}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select
          size="xs"
          flex={1}
          label={t('review.views')}
          placeholder={t('review.viewsHint')}
          value={same ? String(same.id) : null}
          data={views.map((view) => ({ value: String(view.id), label: view.name }))}
          nothingFoundMessage={t('review.noViews')}
          onChange={(id) => {
            const view = views.find((one) => String(one.id) === id)
            if (view) onShow(view.filter)
          }}
        />
        {same && (
          <Button size="xs" variant="default" onClick={() => remove({ id: same.id })}>
            {t('review.removeView')}
          </Button>
        )}
      </Group>
      {/* Stays when it is used: the focus would be lost with it, and Escape with the focus. */}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) save.mutate({ name: name.trim(), filter })
        }}
      >
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            label={t('review.viewName')}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button size="xs" variant="default" type="submit" disabled={!name.trim()} loading={save.isPending}>
            {t('review.saveView')}
          </Button>
        </Group>
      </form>
    </Stack>
  )
}
