import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useState, type Ref } from 'react'

interface Props extends Pick<NumberInputProps, 'label' | 'description' | 'step' | 'suffix' | 'size' | 'w' | 'aria-label'> {
  readonly ref?: Ref<HTMLInputElement>
  readonly 'data-autofocus'?: boolean | undefined
  /** Null if there is no value. */
  readonly value: number | null
  readonly min: number
  readonly max: number
  /** Number of decimals, 0 by default. */
  readonly digits?: number
  readonly onValue: (value: number) => void
  /** Called when the field was emptied, if a value is optional. */
  readonly onEmpty?: () => void
}

/** A number field with bounds. Unfinished input stays in the field; only numbers within the bounds are reported. */
export function NumberField({ value, min, max, digits = 0, onValue, onEmpty, ...others }: Props) {
  const [typed, setTyped] = useState<{ readonly shown: number | string; readonly of: number | null } | null>(null)
  const shown = typed && typed.of === value ? typed.shown : (value ?? '')
  return (
    <NumberInput
      {...others}
      min={min}
      max={max}
      decimalScale={digits}
      clampBehavior="blur"
      value={shown}
      onChange={(next) => {
        const valid = typeof next === 'number' && next >= min && next <= max
        setTyped({ shown: next, of: valid ? next : next === '' && onEmpty ? null : value })
        if (valid && next !== value) onValue(next)
        if (next === '' && value !== null) onEmpty?.()
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
