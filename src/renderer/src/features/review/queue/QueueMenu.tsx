import { Button, Divider, Group, NumberInput, Popover, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maxSeed } from '../../../../../shared/domain'
import type { Desk } from '../../../../../shared/review'
import { queueOrderSchema, type CandidateFilter } from '../../../../../shared/review'
import { useCall, useCallMutation } from '../../../api/queries'
import { KeyHint } from '../../../app/keys/KeyHint'
import { SecondReviewSwitch } from '../../quality/SecondReviewSwitch'
import classes from '../flow.module.css'
import { BulkActions } from './BulkActions'
import { FilterFields } from './FilterFields'
import { filterNames, filterSelect, nameOf, statesOf, type FilterName } from './filters'

const { kind: kindSchema, seed: seedSchema } = queueOrderSchema.shape
const SEED_MS = 400

interface Props {
  readonly filter: CandidateFilter
  readonly desk: Desk | null
  /** Whether the view has its own order, such as the table. */
  readonly hasOwnOrder: boolean
  readonly onShow: (filter: CandidateFilter) => void
  readonly onDesk: (part: Partial<Desk>) => void
  readonly onToggleWholeItem: () => void
  /** Returns the focus to the pair. */
  readonly onLeave: () => void
}

/** Button that shows the filter and order of the queue, and opens a menu to change them. */
export function QueueMenu(props: Props) {
  const { filter, desk, hasOwnOrder, onLeave } = props
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const close = () => {
    setOpened(false)
    onLeave()
  }
  const name = nameOf(filter)
  const shown = filter.look
    ? t(filter.look === 'second' ? 'quality.secondLook' : 'quality.disagreements')
    : name
      ? t(`review.filters.${name}`)
      : t('review.severalStates')
  const order = desk && !hasOwnOrder && !filter.look ? t(`flow.orders.${desk.order.kind}`) : null
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      width={400}
      position="bottom-end"
      trapFocus
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <Button
          className={classes.queue}
          variant="subtle"
          color="gray"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={[t('review.strip'), shown, order && `· ${order}`].filter(Boolean).join(' ')}
          aria-haspopup="dialog"
          aria-expanded={opened}
          onClick={() => (opened ? close() : setOpened(true))}
        >
          <span className={classes.queueWord}>{t('review.strip')}</span>
          <span className={classes.queueShown}>{shown}</span>
          {order && <span className={classes.queueOrder}>{` · ${order}`}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('review.moreFilters')} className={classes.queueMenu}>
        {opened && <QueueChoices {...props} onDone={close} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function QueueChoices({ filter, desk, hasOwnOrder, onShow, onDesk, onToggleWholeItem, onDone }: Props & { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const counted = useCall('candidate.count', { filter }, { placeholderData: (before) => before, staleTime: 0 })
  const count = counted.data
  return (
    <Stack gap="sm">
      <Group grow gap="xs" align="flex-start">
        <Select
          {...filterSelect}
          clearable={false}
          allowDeselect={false}
          label={t('review.filter')}
          value={nameOf(filter)}
          data={filterNames.map((value) => ({ value, label: t(`review.filters.${value}`) }))}
          onChange={(value) => value && onShow({ ...filter, look: undefined, states: statesOf(value as FilterName) })}
        />
        {desk && !hasOwnOrder && <OrderFields desk={desk} onDesk={onDesk} />}
      </Group>
      {desk && !hasOwnOrder && (
        <Switch
          size="xs"
          label={
            <>
              {t('flow.wholeItem')} <KeyHint action="wholeItem" />
            </>
          }
          checked={desk.wholeItem}
          onChange={onToggleWholeItem}
        />
      )}
      <Group gap="xs">
        <SecondReviewSwitch look={filter.look} onShow={onShow} />
      </Group>
      <Divider />
      <Text fw={600} role="status" className="numbers">
        {count === undefined ? t('review.counting') : t('review.found', { count })}
      </Text>
      <FilterFields filter={filter} onShow={onShow} />
      <SavedViews filter={filter} onShow={onShow} />
      <BulkActions target={{ filter }} count={count ?? 0} counting={counted.isPlaceholderData} onDone={onDone} />
    </Stack>
  )
}

/** Fields for the order of the queue. The random order has a seed, so that it can be reproduced. */
function OrderFields({ desk: { order }, onDesk }: { readonly desk: Desk; readonly onDesk: Props['onDesk'] }) {
  const { t } = useTranslation()
  const [seed, setSeed] = useState<number | string>(order.seed)
  const changeSeed = useDebouncedCallback((value: number | string) => {
    const parsed = seedSchema.safeParse(value === '' ? undefined : value)
    if (parsed.success && parsed.data !== order.seed) onDesk({ order: { ...order, seed: parsed.data } })
  }, SEED_MS)
  return (
    <div className={classes.order}>
      <Select
        {...filterSelect}
        clearable={false}
        allowDeselect={false}
        label={t('flow.order')}
        value={order.kind}
        data={kindSchema.options.map((value) => ({ value, label: t(`flow.orders.${value}`) }))}
        onChange={(value) => onDesk({ order: { ...order, kind: kindSchema.parse(value) } })}
      />
      {order.kind === 'random' && (
        <NumberInput
          size="xs"
          hideControls
          label={t('flow.seed')}
          description={t('flow.seedHint')}
          min={0}
          max={maxSeed}
          allowDecimal={false}
          value={seed}
          onChange={(value) => {
            setSeed(value)
            changeSeed(value)
          }}
        />
      )}
    </div>
  )
}

/** Shows the saved filters, and a form to save the current one under a name. */
function SavedViews({ filter, onShow }: { readonly filter: CandidateFilter; readonly onShow: (filter: CandidateFilter) => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const views = useCall('view.list', {}).data ?? []
  const save = useCallMutation('view.save', { onSuccess: () => setName('') })
  const remove = useCallMutation('view.remove').mutate
  const same = views.find((view) => JSON.stringify(view.filter) === JSON.stringify(filter))
  return (
    <Stack gap="xs">
      {views.length > 0 && (
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <Select
            size="xs"
            flex={1}
            label={t('review.views')}
            placeholder={t('review.viewsHint')}
            value={same ? String(same.id) : null}
            data={views.map((view) => ({ value: String(view.id), label: view.name }))}
            comboboxProps={{ withinPortal: false }}
            onChange={(id) => {
              const view = views.find((one) => String(one.id) === id)
              if (view) onShow(view.filter)
            }}
          />
          {same && (
            <Button variant="default" onClick={() => remove({ id: same.id })}>
              {t('review.removeView')}
            </Button>
          )}
        </Group>
      )}
      {/* Stays mounted after saving: removing it would lose the focus, and then Escape would no longer work. */}
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
          <Button variant="default" type="submit" disabled={!name.trim()} loading={save.isPending}>
            {t('review.saveView')}
          </Button>
        </Group>
      </form>
    </Stack>
  )
}
