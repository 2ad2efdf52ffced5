import { ActionIcon, Tooltip } from '@mantine/core'
import { IconBoxModel2, IconMaximize, IconZoomIn, IconZoomOut, type Icon } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { keysOf, type Action } from '../../../../shared/keymap'
import { keyText } from '../../features/keys/keyText'
import { useKeymap } from '../../features/keys/useActions'
import classes from './MediaViewer.module.css'

interface Props {
  readonly onIn: () => void
  readonly onOut: () => void
  readonly onFit: () => void
  /** null: the item has none */
  readonly boxesShown: boolean | null
  readonly onToggleBoxes: () => void
}

/** What can be done with the view of a picture, each with its key. */
export const ZoomButtons = memo(function ZoomButtons({ onIn, onOut, onFit, boxesShown, onToggleBoxes }: Props) {
  return (
    <div className={classes.buttons}>
      <ViewButton action="zoomIn" icon={IconZoomIn} onClick={onIn} />
      <ViewButton action="zoomOut" icon={IconZoomOut} onClick={onOut} />
      <ViewButton action="zoomFit" icon={IconMaximize} onClick={onFit} />
      {boxesShown !== null && <ViewButton action="boxes" icon={IconBoxModel2} onClick={onToggleBoxes} pressed={boxesShown} />}
    </div>
  )
})

function ViewButton({
  action,
  icon: ButtonIcon,
  onClick,
  pressed,
}: {
  readonly action: Action
  readonly icon: Icon
  readonly onClick: () => void
  readonly pressed?: boolean
}) {
  const { t } = useTranslation()
  const name = t(`keys.actions.${action}`)
  const [key] = keysOf(action, useKeymap())
  return (
    <Tooltip label={key ? `${name} (${keyText(key)})` : name}>
      <ActionIcon variant="subtle" size="md" className={classes.button} aria-label={name} aria-pressed={pressed} onClick={onClick}>
        <ButtonIcon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
