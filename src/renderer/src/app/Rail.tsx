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

/** The project and its screens down the left edge; commands, the saved state, help and settings at its foot. */
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
  /** the words in the rail, where they are not the label */
  readonly shown?: string
  readonly action: Action
  readonly isCurrent?: boolean
  readonly opensDialog?: boolean
  readonly onClick: () => void
}

function Place({ icon: PlaceIcon, label, shown = label, action, isCurrent = false, opensDialog = false, onClick }: PlaceProps) {
  const key = keysOfAction(action, useKeymap())
  // Once chosen it has said what it is: its tooltip would lie over the screen that it led to.
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
