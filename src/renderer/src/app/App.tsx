import { Center, Loader } from '@mantine/core'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { Deferred } from '../components/Deferred'
import { ErrorBoundary } from '../components/ErrorBoundary'
import { ProblemNotice } from '../components/ProblemNotice'
import { Announcer } from '../features/comfort/Announcer'
import { useComfort } from '../features/comfort/useComfort'
import { useTextSizeKeys } from '../features/comfort/textSize'
import { DropTarget } from '../features/library/DropTarget'
import { ProjectsScreen } from '../features/projects/ProjectsScreen'
import { useBackupFailure, useProjectFailure, useRunFailure } from './projectCalls'
import { Workspace } from './Workspace'
import { useMenuActions } from './useMenuActions'
import { useCall, useDataChanges } from '../api/queries'
import { OverlayScreen } from './OverlayScreen'
import classes from './OverlayScreen.module.css'
import { useKeyScope } from './keys/useActions'
import { openHelp, openOverlay, shell } from './state/shell'

const Tour = lazy(async () => ({ default: (await import('../features/comfort/Tour')).Tour }))
const NewProjectDialog = lazy(async () => ({ default: (await import('../features/projects/NewProjectDialog')).NewProjectDialog }))
const DropDialog = lazy(async () => ({ default: (await import('../features/library/DropDialog')).DropDialog }))
const RecoverDialog = lazy(async () => ({ default: (await import('../features/projects/RecoverDialog')).RecoverDialog }))

/** The root component: the list of projects or the open project, and the dialogs above both. */
export function App() {
  const { t } = useTranslation()
  const overlay = shell.use((state) => state.overlay)
  const isArriving = shell.use((state) => state.isArriving)
  const project = useCall('project.current', {})
  const settings = useCall('app.settings', {})
  useDataChanges()
  useMenuActions()
  useProjectFailure()
  useBackupFailure()
  useRunFailure()
  useComfort(settings.data)
  useTextSizeKeys()
  useKeyScope({
    level: 'global',
    actions: { help: () => openOverlay('help'), shortcuts: () => openHelp('keys'), settings: () => openOverlay('settings') },
  })

  if (project.isPending || settings.isPending)
    return (
      <Center h="100%">
        <Loader aria-label={t('common.loading')} />
      </Center>
    )
  const error = project.error ?? settings.error
  if (error)
    return (
      <Center h="100%" p="xl">
        <ProblemNotice error={error} onRetry={() => void Promise.all([project.refetch(), settings.refetch()])} />
      </Center>
    )
  return (
    <ErrorBoundary>
      {project.data ? (
        isArriving ? null : (
          <Workspace key={project.data.path} project={project.data} />
        )
      ) : overlay ? (
        <main id="content" className={classes.alone} tabIndex={-1} aria-label={t(`shell.${overlay}`)}>
          <OverlayScreen key={overlay} overlay={overlay} />
        </main>
      ) : (
        <ProjectsScreen />
      )}
      <Announcer />
      <DropTarget />
      <Deferred>
        <Tour />
        <NewProjectDialog />
        <RecoverDialog />
        <DropDialog project={project.data ?? null} />
      </Deferred>
    </ErrorBoundary>
  )
}
