import { Button } from '@mantine/core'
import { IconCheck, IconCircleMinus, IconDeviceFloppy, IconPencil, IconPin, IconPinnedOff, IconX, type Icon } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '../../../../../shared/keymap'
import { KeyHint, useKeyShortcuts } from '../../../app/keys/KeyHint'
import classes from '../review.module.css'
import type { ReviewActions } from '../session/useReviewKeys'

interface Props {
  readonly actions: ReviewActions
  readonly ready: boolean
  readonly editing: boolean
  readonly pinned: boolean
  readonly onLeaveField: () => void
}

/** What can be done with the pair, each with its key. */
export const ActionBar = memo(function ActionBar({ actions, ready, editing, pinned, onLeaveField }: Props) {
  if (editing)
    return (
      <div className={classes.actions}>
        <ActionButton action="saveAndAccept" word="saveAndAccept" icon={IconDeviceFloppy} onClick={actions.accept} ready={ready} main />
        <ActionButton action="leaveField" word="leaveField" icon={IconX} onClick={onLeaveField} ready />
      </div>
    )
  return (
    <div className={classes.actions}>
      <ActionButton action="accept" word="accept" icon={IconCheck} onClick={actions.accept} ready={ready} main />
      <ActionButton action="edit" word="edit" icon={IconPencil} onClick={actions.edit} ready={ready} />
      <ActionButton action="reject" word="reject" icon={IconX} onClick={actions.reject} ready={ready} />
      <ActionButton action="ignore" word="ignore" icon={IconCircleMinus} onClick={actions.ignore} ready={ready} />
      <ActionButton
        action="exemplar"
        word="exemplar"
        icon={pinned ? IconPinnedOff : IconPin}
        onClick={actions.exemplar}
        ready={ready}
        pressed={pinned}
      />
    </div>
  )
})

interface ButtonProps {
  readonly action: Action
  readonly word: 'accept' | 'edit' | 'reject' | 'ignore' | 'exemplar' | 'saveAndAccept' | 'leaveField'
  readonly icon: Icon
  readonly onClick: () => void
  readonly ready: boolean
  readonly main?: boolean
  readonly pressed?: boolean
}

function ActionButton({ action, word, icon: ButtonIcon, onClick, ready, main = false, pressed }: ButtonProps) {
  const { t } = useTranslation()
  return (
    <Button
      size="xs"
      classNames={{ root: classes.action, section: classes.actionSection }}
      variant={main ? 'filled' : 'default'}
      data-tour={action}
      leftSection={<ButtonIcon size={16} aria-hidden />}
      rightSection={<KeyHint action={action} />}
      aria-keyshortcuts={useKeyShortcuts(action)}
      aria-pressed={pressed}
      // Not `disabled`: for the few milliseconds until the next pair is there, nothing should flicker or lose the focus.
      aria-disabled={!ready}
      onClick={() => ready && onClick()}
    >
      {t(`review.${word}`)}
    </Button>
  )
}
