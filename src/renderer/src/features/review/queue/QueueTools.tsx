import { Button } from '@mantine/core'
import { type Icon, IconLayoutList, IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Desk, QueueOrder } from '../../../../../shared/review'
import type { Action } from '../../../../../shared/keymap'
import { KeyHint, useKeyShortcuts } from '../../../app/keys/KeyHint'
import classes from '../flow.module.css'
import { OrderSelect } from './OrderSelect'
import type { WorkView } from '../work/workSession'

interface Props {
  readonly order: QueueOrder
  readonly wholeItem: boolean
  /** the table has an order of its own, and no pair to go on from */
  readonly inTable: boolean
  readonly status: WorkView['status']
  readonly actions: {
    readonly skip: () => void
    readonly toggleWholeItem: () => void
    readonly togglePause: () => void
    readonly setDesk: (part: Partial<Desk>) => void
  }
  /** the keys belong to the pair again */
  readonly onLeave: () => void
}

/** How the queue is gone through: in which order, pair by pair or item by item, what is put aside, and pauses. */
export const QueueTools = memo(function QueueTools({ order, wholeItem, inTable, status, actions, onLeave }: Props) {
  const { t } = useTranslation()
  const [pauseIcon, pauseWord] = status === 'off' ? ([IconPlayerPlay, 'start'] as const) : ([IconPlayerPause, 'pause'] as const)
  return (
    <div className={classes.tools} role="group" aria-label={t('flow.queueTools')}>
      {!inTable && (
        <>
          <Tool action="skip" word="skip" icon={IconPlayerSkipForward} onClick={() => (actions.skip(), onLeave())} />
          <Tool
            action="wholeItem"
            word="wholeItem"
            icon={IconLayoutList}
            pressed={wholeItem}
            onClick={() => (actions.toggleWholeItem(), onLeave())}
          />
        </>
      )}
      <Tool action="pause" word={pauseWord} icon={pauseIcon} onClick={() => (actions.togglePause(), onLeave())} />
      {!inTable && <OrderSelect order={order} onOrder={(changed) => actions.setDesk({ order: changed })} onLeave={onLeave} />}
    </div>
  )
})

interface ToolProps {
  readonly action: Action
  readonly word: 'skip' | 'wholeItem' | 'pause' | 'start'
  readonly icon: Icon
  readonly onClick: () => void
  readonly pressed?: boolean
}

function Tool({ action, word, icon: ToolIcon, onClick, pressed }: ToolProps) {
  const { t } = useTranslation()
  return (
    <Button
      size="xs"
      variant={pressed ? 'light' : 'default'}
      classNames={{ root: classes.tool, section: classes.toolSection }}
      leftSection={<ToolIcon size={14} aria-hidden />}
      rightSection={<KeyHint action={action} />}
      aria-keyshortcuts={useKeyShortcuts(action)}
      aria-pressed={pressed}
      title={t(`flow.${word}`)}
      onClick={onClick}
    >
      <span className={classes.word}>{t(`flow.${word}`)}</span>
    </Button>
  )
}
