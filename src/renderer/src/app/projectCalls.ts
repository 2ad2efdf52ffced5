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

/** Tells why a project cannot be open; where its file is damaged, what can be done about it is offered. */
export function showOpenFailure(error: Error) {
  if (error instanceof Problem && error.code === 'damaged-project' && error.item !== null) dialogs.set({ recover: error.item })
  else showProblem(error)
}

/** What is true whichever project is open. */
const lasting: readonly CallName[] = ['app.info', 'app.settings', 'app.keyStatus', 'project.current']

/** Makes another project (or none) the one of the window; nothing of the last one stays behind. A project opens where the person left it. */
export function useEnterProject() {
  const client = useQueryClient()
  /** @param arrive goes to a place of the window's choice */
  return (project: ProjectInfo | null, arrive?: () => void) => {
    resetProjectState()
    if (project && arrive) arrive()
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

/** Opens another project in the place of the one that is open, once all of that one is stored. */
export function useSwitchProject() {
  const enter = useEnterProject()
  const open = useCallMutation('project.open', { onSuccess: (project) => enter(project), onError: showOpenFailure })
  return async (path: string) => {
    await storeAll()
    open.mutate({ path })
  }
}

/** Back to the list of projects, with the reason, when main had to close the project. */
export function useProjectFailure() {
  const enter = useEnterProject()
  const latest = useRef(enter)
  useEffect(() => {
    latest.current = enter
  })
  useEffect(
    () =>
      on('project.failed', (problem) => {
        latest.current(null) // which closes every dialog
        showOpenFailure(Problem.fromData(problem))
      }),
    [],
  )
}

/** Tells why the open project was not backed up; the backups that are there stay. */
export function useBackupFailure() {
  useEffect(() => on('backup.failed', (problem) => showProblem(Problem.fromData(problem))), [])
}

/** Tells why a run ended early, where the reason is not one of its items'. */
export function useRunFailure() {
  useEffect(() => on('run.failed', ({ problem }) => showProblem(Problem.fromData(problem))), [])
}

/** Looks for damage in the open project and tells what was found. */
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
