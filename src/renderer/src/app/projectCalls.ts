import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallName } from '../../../shared/contract'
import type { ProjectInfo } from '../../../shared/domain'
import { Problem } from '../../../shared/problem'
import { call, on } from '../api/api'
import { showDone, showProblem } from '../components/showProblem'
import { callKey, useCallMutation } from '../api/queries'
import { dialogs } from './state/dialogs'
import { resetProjectState } from './state/createStore'
import { returnToPlace } from './keepPlace'
import { storeAll } from './state/writes'

/** Shows why a project cannot be opened. If its file is damaged, opens the recovery dialog instead. */
export function showOpenFailure(error: Error) {
  if (error instanceof Problem && error.code === 'damaged-project' && error.item !== null) dialogs.set({ recover: error.item })
  else showProblem(error)
}

/** Calls whose results do not depend on the open project. */
const lasting: readonly CallName[] = ['app.info', 'app.settings', 'app.keyStatus', 'project.current']

/**
 * Makes another project (or none) the open project of the window and clears all state of the previous one. The project opens at its last
 * position.
 */
export function useEnterProject() {
  const client = useQueryClient()
  /** @param openScreen opens a given screen instead of the last position */
  return (project: ProjectInfo | null, openScreen?: () => void) => {
    resetProjectState()
    if (project && openScreen) openScreen()
    else if (project) void returnToPlace()
    client.setQueryData(callKey('project.current', {}), project)
    client.removeQueries({ predicate: ({ queryKey }) => !lasting.includes(queryKey[0] as CallName) })
  }
}

/** Closes the open project and shows the list of projects. */
export function useCloseProject() {
  const enter = useEnterProject()
  const close = useCallMutation('project.close', { onSuccess: () => enter(null) })
  return async () => {
    await storeAll()
    close.mutate({})
  }
}

/** Opens another project instead of the current one, after all pending changes of the current one are stored. */
export function useSwitchProject() {
  const enter = useEnterProject()
  const open = useCallMutation('project.open', { onSuccess: (project) => enter(project), onError: showOpenFailure })
  return async (path: string) => {
    await storeAll()
    open.mutate({ path })
  }
}

/** Returns to the list of projects and shows the reason if the main process had to close the project. */
export function useProjectFailure() {
  const enter = useEnterProject()
  const latest = useRef(enter)
  useEffect(() => {
    latest.current = enter
  })
  useEffect(
    () =>
      on('project.failed', (problem) => {
        latest.current(null) // also closes every dialog
        showOpenFailure(Problem.fromData(problem))
      }),
    [],
  )
}

/** Shows why the open project could not be backed up. Existing backups are kept. */
export function useBackupFailure() {
  useEffect(() => on('backup.failed', (problem) => showProblem(Problem.fromData(problem))), [])
}

/** Shows why a run ended early, if the reason is not a failure of one of its items. */
export function useRunFailure() {
  useEffect(() => on('run.failed', ({ problem }) => showProblem(Problem.fromData(problem))), [])
}

/** Checks the open project for damage and reports the findings. */
export function useCheckProject() {
  const { t } = useTranslation()
  return async () => {
    try {
      const report = await call('project.doctor', {})
      if (report.healthy) showDone(t('shell.healthy', { count: report.checks.length }))
      for (const finding of report.findings) showProblem(Problem.fromData({ ...finding, code: 'damaged-project', item: null }))
    } catch (error) {
      showProblem(error)
    }
  }
}
