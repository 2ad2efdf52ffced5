import { Menu, UnstyledButton } from '@mantine/core'
import { IconFolder, IconHeartbeat, IconLayoutGrid, IconPuzzle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ProjectInfo } from '../../../shared/domain'
import { useCall, useCallMutation } from '../api/queries'
import { showHidden } from '../../../shared/text/hiddenCharacters'
import { dialogs } from './state/dialogs'
import { useCheckProject, useCloseProject, useSwitchProject } from './projectCalls'
import classes from './Rail.module.css'

/** Maximum number of other projects in the menu. */
const OTHERS = 6

const initialOf = (name: string) => [...name.trim()][0]?.toUpperCase() ?? '·'

/** Menu of the open project, opened by its initial: actions on the whole project, and the other projects. */
export function ProjectMenu({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const showFolder = useCallMutation('app.showFolder')
  const close = useCloseProject()
  const check = useCheckProject()
  const switchTo = useSwitchProject()
  const recent = useCall('project.recent', {}).data ?? []
  const others = recent.filter(({ path, exists }) => exists && path !== project.path).slice(0, OTHERS)
  return (
    <Menu position="right-start" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton
          className={classes.project}
          aria-label={t('shell.projectMenu', { name: project.name })}
          title={`${showHidden(project.name)}\n${showHidden(project.path)}`}
        >
          <span aria-hidden>{initialOf(project.name)}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className="verbatim">{showHidden(project.name)}</Menu.Label>
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
        {others.length > 0 && <Menu.Label>{t('shell.otherProjects')}</Menu.Label>}
        {others.map(({ path, name }) => (
          <Menu.Item key={path} title={showHidden(path)} className="verbatim" onClick={() => void switchTo(path)}>
            {showHidden(name)}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconLayoutGrid size={16} aria-hidden />} onClick={() => void close()}>
          {t('shell.closeProject')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
