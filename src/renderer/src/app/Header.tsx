import { ActionIcon, Button, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconCommand, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ProjectInfo } from '../../../shared/domain'
import { KeyHint } from './keys/KeyHint'
import { goTo, openOverlay, screens, shell } from './state/shell'
import { ProjectMenu } from './ProjectMenu'
import { SavedState } from './SavedState'
import classes from './Header.module.css'

/** Product, project and screens at the left and middle; commands, settings and the saved state at the right. */
export function Header({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const current = shell.use((state) => state.screen)
  return (
    <header className={classes.header}>
      <div className={classes.parts}>
        <div className={classes.start}>
          <Text fw={600} component="span" className={classes.product}>
            {t('common.productName')}
          </Text>
          <ProjectMenu project={project} />
        </div>
        <nav className={classes.screens} aria-label={t('shell.screensLabel')}>
          {screens.map((screen) => (
            <UnstyledButton
              key={screen}
              className={classes.screen}
              aria-current={screen === current ? 'page' : undefined}
              onClick={() => goTo(screen)}
            >
              {t(`shell.screens.${screen}`)}
            </UnstyledButton>
          ))}
        </nav>
        <div className={classes.end}>
          <SavedState />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconCommand size={16} aria-hidden />}
            rightSection={<KeyHint action="palette" />}
            onClick={spotlight.open}
            aria-haspopup="dialog"
            aria-label={t('shell.palette')}
          >
            <span className={classes.command}>{t('shell.palette')}</span>
          </Button>
          <Tooltip label={t('shell.settings')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('shell.settings')} onClick={() => openOverlay('settings')}>
              <IconSettings size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
    </header>
  )
}
