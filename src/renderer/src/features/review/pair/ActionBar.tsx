import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import {
  IconCheck,
  IconCircleMinus,
  IconDeviceFloppy,
  IconDots,
  IconFlag,
  IconFlagFilled,
  IconPencil,
  IconStar,
  IconStarFilled,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '../../../../../shared/keymap'
import { KeyHint, useKeyShortcuts } from '../../../app/keys/KeyHint'
import { carryOut } from '../../../app/keys/keyScopes'
import { keysOfAction } from '../../../app/keys/keyText'
import { useKeymap } from '../../../app/keys/Keymap'
import { shell } from '../../../app/state/shell'
import classes from '../review.module.css'
import type { ReviewActions } from '../session/useReviewKeys'

interface Props {
  readonly actions: Pick<ReviewActions, 'accept' | 'edit' | 'reject' | 'ignore' | 'exemplar'>
  readonly ready: boolean
  readonly editing: boolean
  readonly pinned: boolean
  readonly flag: { readonly isFlagged: boolean; readonly others: string; readonly toggle: () => void }
  /** Menu items for the actions beyond a single verdict. */
  readonly menu: ReactNode
  readonly onLeaveField: () => void
}

/** Shows the actions for the pair with their keys. */
export const ActionBar = memo(function ActionBar({ actions, ready, editing, pinned, flag, menu, onLeaveField }: Props) {
  const { t } = useTranslation()
  const focusMode = shell.use((state) => state.focusMode)
  if (editing)
    return (
      <div className={classes.actions}>
        <ActionButton action="saveAndAccept" word="saveAndAccept" icon={IconDeviceFloppy} onClick={actions.accept} ready={ready} main />
        <ActionButton action="leaveField" word="leaveField" icon={IconX} onClick={onLeaveField} ready />
      </div>
    )
  const flagWord = t(flag.isFlagged ? 'review.flagged' : 'review.flag')
  return (
    <div className={classes.actions}>
      <ActionButton action="accept" word="accept" icon={IconCheck} onClick={actions.accept} ready={ready} main />
      <ActionButton action="edit" word="edit" icon={IconPencil} onClick={actions.edit} ready={ready} />
      <ActionButton action="reject" word="reject" icon={IconX} onClick={actions.reject} ready={ready} />
      <ActionButton action="ignore" word="ignore" icon={IconCircleMinus} onClick={actions.ignore} ready={ready} />
      <span className={classes.space} />
      <IconAction
        action="exemplar"
        label={t('review.exemplar')}
        icon={pinned ? IconStarFilled : IconStar}
        isPressed={pinned}
        isReady={ready}
        onClick={actions.exemplar}
      />
      <IconAction
        action="flag"
        label={flag.others ? `${flagWord} · ${t('review.flaggedBy', { names: flag.others })}` : flagWord}
        icon={flag.isFlagged || flag.others ? IconFlagFilled : IconFlag}
        isPressed={flag.isFlagged}
        isReady
        onClick={flag.toggle}
      />
      <Menu position="top-end" width={300} returnFocus={false} transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('review.morePair')} onMouseDown={keepCursor}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {focusMode && (
            <Menu.Item rightSection={<KeyHint action="focusMode" />} onClick={() => carryOut('focusMode')}>
              {t('review.leaveFocusMode')}
            </Menu.Item>
          )}
          {menu}
          <MenuAction action="fix" />
          <MenuAction action="exemplar" />
          <MenuAction action="exemplarReason" />
          <MenuAction action="flag" />
          <MenuAction action="comment" />
        </Menu.Dropdown>
      </Menu>
    </div>
  )
})

/** Prevents a click from changing the cursor position in the response. */
const keepCursor = (event: React.MouseEvent) => event.preventDefault()

function MenuAction({ action }: { readonly action: 'fix' | 'exemplar' | 'exemplarReason' | 'flag' | 'comment' }) {
  const { t } = useTranslation()
  return (
    <Menu.Item rightSection={<KeyHint action={action} />} onClick={() => carryOut(action)}>
      {t(`keys.actions.${action}`)}
    </Menu.Item>
  )
}

interface IconActionProps {
  readonly action: Action
  readonly label: string
  readonly icon: Icon
  readonly isPressed: boolean
  readonly isReady: boolean
  readonly onClick: () => void
}

function IconAction({ action, label, icon: ActionSign, isPressed, isReady, onClick }: IconActionProps) {
  const key = keysOfAction(action, useKeymap())
  return (
    <Tooltip label={key ? `${label} · ${key}` : label}>
      <ActionIcon
        variant={isPressed ? 'light' : 'subtle'}
        color={isPressed ? undefined : 'gray'}
        size="lg"
        className={classes.iconAction}
        data-tour={action}
        aria-label={label}
        aria-keyshortcuts={useKeyShortcuts(action)}
        aria-pressed={isPressed}
        aria-disabled={!isReady}
        onClick={() => isReady && onClick()}
      >
        <ActionSign size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

interface ButtonProps {
  readonly action: Action
  readonly word: 'accept' | 'edit' | 'reject' | 'ignore' | 'saveAndAccept' | 'leaveField'
  readonly icon: Icon
  readonly onClick: () => void
  readonly ready: boolean
  readonly main?: boolean
}

function ActionButton({ action, word, icon: ButtonIcon, onClick, ready, main = false }: ButtonProps) {
  const { t } = useTranslation()
  return (
    <Button
      size="sm"
      classNames={{ root: classes.action, section: classes.actionSection }}
      variant={main ? 'filled' : 'subtle'}
      color={main ? undefined : 'gray'}
      data-tour={action}
      leftSection={<ButtonIcon className={classes.actionIcon} size={16} aria-hidden />}
      rightSection={<KeyHint action={action} />}
      aria-keyshortcuts={useKeyShortcuts(action)}
      // Not `disabled`: the button must not flicker or lose the focus during the few milliseconds until the next pair is ready.
      aria-disabled={!ready}
      onClick={() => ready && onClick()}
    >
      {t(`review.${word}`)}
    </Button>
  )
}
