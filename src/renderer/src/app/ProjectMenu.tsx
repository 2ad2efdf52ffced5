import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconFolder, IconHeartbeat, IconPuzzle, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ProjectInfo } from '../../../shared/domain'
import { useCallMutation } from '../api/queries'
import { dialogs } from './state/dialogs'
import { useCheckProject, useCloseProject } from './projectCalls'
import classes from './Header.module.css'

/** The open project's name, and what can be done with the project as a whole. */
export function ProjectMenu({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const showFolder = useCallMutation('app.showFolder')
  const close = useCloseProject()
  const check = useCheckProject()
  return (
    <Menu position="bottom-start" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.project} aria-label={t('shell.projectMenu', { name: project.name })} title={project.path}>
          <span className={classes.projectName}>{project.name}</span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFolder size={16} aria-hidden />} onClick={() => showFolder.mutate({ path: project.path })}>
          {t('shell.showFolder')}
        </Menu.Item>
        <Menu.Item leftSection={<IconHeartbeat size={16} aria-hidden />} onClick={() => void check()}>
          {t('shell.checkProject')}
        </Menu.Item>
        {project.recipe === 'custom' && (
          <Menu.Item leftSection={<IconPuzzle size={16} aria-hidden />} onClick={() => dialogs.set({ customRecipe: true })}>
            {t('recipe.menu')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => void close()}>
          {t('shell.closeProject')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
