import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly item: string
  readonly first: boolean
  readonly last: boolean
  /** Direction of the last move; the button for it gets the focus again. */
  readonly movedBy: -1 | 1 | null
  readonly onMove: (by: -1 | 1) => void
}

/** Buttons that move a pinned exemplar up or down in the order of prompts. */
export function MoveButtons({ item, first, last, movedBy, onMove }: Props) {
  const { t } = useTranslation()
  const up = useRef<HTMLButtonElement>(null)
  const down = useRef<HTMLButtonElement>(null)
  // Reordering rows loses the focus. At the end of the list, the other button gets it.
  useEffect(() => {
    if (movedBy === null) return
    const back = movedBy < 0 ? !first : last
    ;(back ? up : down).current?.focus({ preventScroll: true })
    up.current?.closest('li')?.scrollIntoView({ block: 'nearest' })
  }, [movedBy, first, last])
  const common = { size: 'md', variant: 'subtle', color: 'gray' } as const
  return (
    <ActionIcon.Group>
      <ActionIcon
        {...common}
        ref={up}
        disabled={first}
        aria-label={t('exemplars.moveUp', { item })}
        aria-keyshortcuts="Alt+ArrowUp"
        onClick={() => onMove(-1)}
      >
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        {...common}
        ref={down}
        disabled={last}
        aria-label={t('exemplars.moveDown', { item })}
        aria-keyshortcuts="Alt+ArrowDown"
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
    </ActionIcon.Group>
  )
}
