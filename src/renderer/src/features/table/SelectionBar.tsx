import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconCircleMinus, IconFlag, IconTag, IconX, type Icon } from '@tabler/icons-react'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '../../../../shared/keymap'
import { KeyHint, useKeyShortcuts } from '../../app/keys/KeyHint'
import { useKeyScope } from '../../app/keys/useActions'
import { RejectPanel } from '../review/panels/RejectPanel'
import classes from './Table.module.css'
import type { VerdictActions, VerdictPanel } from './useVerdicts'

interface Props {
  /** Number of selected pairs. */
  readonly count: number
  /** Whether all pairs that match the filter are selected. */
  readonly isAll: boolean
  /** Whether the count is not known yet. Actions are disabled until then, so that the user sees the number first. */
  readonly isCounting: boolean
  readonly actions: VerdictActions
  readonly onClear: () => void
}

/** Toolbar with the actions on the selected pairs and their keys. One undo reverts each action. */
export function SelectionBar({ count, isAll, isCounting, actions, onClear }: Props) {
  const { t } = useTranslation()
  const isDisabled = isCounting || count === 0
  return (
    <div className={classes.selection} role="toolbar" aria-label={t('table.selectionActions')}>
      <output aria-live="polite" className="numbers">
        {t(isAll ? 'table.selectedAll' : 'table.selected', { count })}
      </output>
      <BarButton icon={IconCheck} action="accept" label={t('review.accept')} isDisabled={isDisabled} onClick={actions.accept} isMain />
      <BarButton icon={IconX} action="reject" label={t('review.reject')} isDisabled={isDisabled} onClick={actions.reject} />
      <BarButton icon={IconCircleMinus} action="ignore" label={t('review.ignore')} isDisabled={isDisabled} onClick={actions.ignore} />
      <BarButton icon={IconFlag} action="flag" label={t('review.flag')} isDisabled={isDisabled} onClick={actions.flag} />
      <BarButton icon={IconTag} label={t('table.tagStep')} isDisabled={isDisabled} onClick={actions.askTag} />
      <BarButton icon={IconArrowBackUp} label={t('review.bulkSteps.reopen')} isDisabled={isDisabled} onClick={actions.reopen} />
      <Button size="compact-sm" variant="subtle" color="gray" rightSection={<KeyHint action="leaveField" />} onClick={onClear}>
        {t('table.clearShort')}
      </Button>
    </div>
  )
}

interface ButtonProps {
  readonly icon: Icon
  readonly action?: Action
  readonly label: string
  readonly isDisabled: boolean
  readonly isMain?: boolean
  readonly onClick: () => unknown
}

function BarButton({ icon: Sign, action, label, isDisabled, isMain = false, onClick }: ButtonProps) {
  const shortcuts = useKeyShortcuts(action ?? 'leaveField')
  return (
    <Button
      size="compact-sm"
      variant={isMain ? 'filled' : 'subtle'}
      color={isMain ? undefined : 'gray'}
      leftSection={<Sign size={14} aria-hidden />}
      rightSection={action && <KeyHint action={action} />}
      aria-keyshortcuts={action && shortcuts}
      disabled={isDisabled}
      // Keep the focus in the table.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => void onClick()}
    >
      {label}
    </Button>
  )
}

interface PanelProps {
  readonly panel: VerdictPanel
  readonly count: number
  readonly actions: VerdictActions
  /** Returns the focus to the table or grid. */
  readonly onLeave: () => void
}

/** Asks for rejection reasons or for a tag, in a panel over the table or grid. */
export function VerdictPanels({ panel, count, actions, onLeave }: PanelProps): ReactNode {
  const { t } = useTranslation()
  const leave = (act: () => void) => () => {
    act()
    onLeave()
  }
  if (panel === 'reasons')
    return (
      <div className={classes.panel}>
        <RejectPanel
          title={count > 1 ? t('table.rejectMany', { count }) : undefined}
          onReject={(reason) => leave(() => actions.rejectWith(reason))()}
          onCancel={leave(actions.closePanel)}
        />
      </div>
    )
  if (panel === 'tag') return <TagPanel onTag={(tag) => leave(() => actions.tagWith(tag))()} onCancel={leave(actions.closePanel)} />
  return null
}

function TagPanel({ onTag, onCancel }: { readonly onTag: (tag: string) => void; readonly onCancel: () => void }) {
  const { t } = useTranslation()
  const [tag, setTag] = useState('')
  const form = useRef<HTMLFormElement>(null)
  useKeyScope({ level: 'panel', within: form, fixedKeys: { Escape: onCancel } })
  return (
    <form
      ref={form}
      className={`${classes.panel} ${classes.tagForm}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (tag.trim()) onTag(tag.trim())
      }}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the field was asked for by a button */}
      <TextInput
        autoFocus
        size="xs"
        label={t('review.filterParts.tag')}
        value={tag}
        maxLength={60}
        onChange={(event) => setTag(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" disabled={!tag.trim()}>
        {t('table.addTag')}
      </Button>
      <CloseButton aria-label={t('common.cancel')} onClick={onCancel} />
    </form>
  )
}
