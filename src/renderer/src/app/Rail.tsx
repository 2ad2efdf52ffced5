import { Tooltip, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import {
  IconCommand,
  IconDownload,
  IconEye,
  IconHelp,
  IconPhoto,
  IconPlayerPlay,
  IconPrompt,
  IconSettings,
  IconStar,
  type Icon,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectInfo } from '../../../shared/domain'
import { actionOfScreen, type Action } from '../../../shared/keymap'
import { useKeyShortcuts } from './keys/KeyHint'
import { keysOfAction } from './keys/keyText'
import { useKeymap } from './keys/Keymap'
import { ProjectMenu } from './ProjectMenu'
import classes from './Rail.module.css'
import { SavedState } from './SavedState'
import { goTo, openOverlay, screens, shell, type Screen } from './state/shell'

export const screenIcons = {
  library: IconPhoto,
  prompt: IconPrompt,
  runs: IconPlayerPlay,
  review: IconEye,
  exemplars: IconStar,
  export: IconDownload,
} as const satisfies Record<Screen, Icon>

/** Navigation rail at the left edge: the project and its screens, and below them commands, the saved state, help and settings. */
export function Rail({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const current = shell.use((state) => state.screen)
  const overlay = shell.use((state) => state.overlay)
  const paletteKey = keysOfAction('palette', useKeymap())
  return (
    <nav className={classes.rail} aria-label={t('shell.screensLabel')}>
      <ProjectMenu project={project} />
      <div className={classes.places}>
        {screens.map((screen) => (
          <Place
            key={screen}
            icon={screenIcons[screen]}
            label={t(`shell.screens.${screen}`)}
            action={actionOfScreen[screen]}
            isCurrent={screen === current && overlay === null}
            onClick={() => goTo(screen)}
          />
        ))}
      </div>
      <div className={classes.places}>
        <SavedState />
        <Place icon={IconCommand} label={t('shell.palette')} shown={paletteKey} action="palette" onClick={spotlight.open} opensDialog />
        <Place icon={IconHelp} label={t('shell.help')} action="help" isCurrent={overlay === 'help'} onClick={() => openOverlay('help')} />
        <Place
          icon={IconSettings}
          label={t('shell.settings')}
          action="settings"
          isCurrent={overlay === 'settings'}
          onClick={() => openOverlay('settings')}
        />
      </div>
    </nav>
  )
}

interface PlaceProps {
  readonly icon: Icon
  readonly label: string
  /** Text in the rail, if it differs from the label. */
  readonly shown?: string
  readonly action: Action
  readonly isCurrent?: boolean
  readonly opensDialog?: boolean
  readonly onClick: () => void
}

function Place({ icon: PlaceIcon, label, shown = label, action, isCurrent = false, opensDialog = false, onClick }: PlaceProps) {
  const key = keysOfAction(action, useKeymap())
  // After a click the tooltip is not needed any more, and it would cover the screen that was opened.
  const [isChosen, setChosen] = useState(false)
  return (
    <Tooltip disabled={isChosen} label={key ? `${label} · ${key}` : label} position="right">
      <UnstyledButton
        className={classes.place}
        data-tooltip
        aria-label={label}
        aria-current={isCurrent ? 'page' : undefined}
        aria-haspopup={opensDialog ? 'dialog' : undefined}
        aria-keyshortcuts={useKeyShortcuts(action)}
        onClick={() => {
          setChosen(true)
          onClick()
        }}
        onMouseLeave={() => setChosen(false)}
        onBlur={() => setChosen(false)}
      >
        <PlaceIcon size={18} stroke={1.6} aria-hidden />
        <span className={classes.label}>{shown}</span>
      </UnstyledButton>
    </Tooltip>
  )
}
