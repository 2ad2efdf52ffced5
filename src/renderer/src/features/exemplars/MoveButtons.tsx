import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly item: string
  readonly first: boolean
  readonly last: boolean
  /** the way it was just moved; its button takes the focus again */
  readonly movedBy: -1 | 1 | null
  readonly onMove: (by: -1 | 1) => void
}

/** Moves a pinned exemplar up or down in the order of prompts. */
export function MoveButtons({ item, first, last, movedBy, onMove }: Props) {
  const { t } = useTranslation()
  const up = useRef<HTMLButtonElement>(null)
  const down = useRef<HTMLButtonElement>(null)
  // Where rows change places, the focus is lost; at the end of the way, the other button goes on.
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
