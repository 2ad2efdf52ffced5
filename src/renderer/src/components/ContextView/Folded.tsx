import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Number of entries of a folded list. A few more than that are not worth a button. */
const FOLD_AT = 10
const SPARE = 3

interface Props<T> {
  readonly values: readonly T[]
  readonly children: (shown: readonly T[]) => ReactNode
}

/** Shows only the beginning of a long list, with a button that shows all of it. */
export function Folded<T>({ values, children }: Props<T>) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (values.length <= FOLD_AT + SPARE) return children(values)
  return (
    <>
      {children(open ? values : values.slice(0, FOLD_AT))}
      <div>
        <Button size="compact-xs" variant="subtle" color="gray" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('context.fewer') : t('context.all', { count: values.length })}
        </Button>
      </div>
    </>
  )
}
