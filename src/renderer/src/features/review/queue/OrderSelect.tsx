import { NumberInput, Select } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queueOrderSchema, type QueueOrder } from '../../../../../shared/review'
import classes from '../flow.module.css'

const { kind: kindSchema, seed: seedSchema } = queueOrderSchema.shape
const SEED_MS = 400

interface Props {
  readonly order: QueueOrder
  readonly onOrder: (order: QueueOrder) => void
  /** the keys belong to the pair again */
  readonly onLeave: () => void
}

/** In which order pairs come up; one by chance has a seed, so that it can be had again. */
export function OrderSelect({ order, onOrder, onLeave }: Props) {
  const { t } = useTranslation()
  const [seed, setSeed] = useState<number | string>(order.seed)
  const changeSeed = useDebouncedCallback((value: number | string) => {
    const parsed = seedSchema.safeParse(value === '' ? undefined : value)
    if (parsed.success && parsed.data !== order.seed) onOrder({ ...order, seed: parsed.data })
  }, SEED_MS)
  return (
    <>
      <Select
        className={classes.order}
        size="xs"
        aria-label={t('flow.order')}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
        value={order.kind}
        data={kindSchema.options.map((value) => ({ value, label: t(`flow.orders.${value}`) }))}
        onChange={(value) => onOrder({ ...order, kind: kindSchema.parse(value) })}
        onDropdownClose={onLeave}
      />
      {order.kind === 'random' && (
        <NumberInput
          className={classes.seed}
          size="xs"
          hideControls
          aria-label={t('flow.seed')}
          title={t('flow.seedHint')}
          min={0}
          max={2 ** 31 - 1}
          allowDecimal={false}
          value={seed}
          onChange={(value) => {
            setSeed(value)
            changeSeed(value)
          }}
        />
      )}
    </>
  )
}
