import { useTranslation } from 'react-i18next'
import { call } from '../../api/api'
import { showProblem } from '../../components/showProblem'
import { useCallMutation } from '../../api/queries'
import { showOpenFailure, useEnterProject } from '../../app/projectCalls'

/** Returns functions that open a project by its path, or one that the user selects. */
export function useOpenProject() {
  const { t } = useTranslation()
  const enter = useEnterProject()
  const opening = useCallMutation('project.open', { onSuccess: (project) => enter(project), onError: showOpenFailure })
  const open = (path: string) => opening.mutate({ path })
  const choose = async () => {
    try {
      const path = await call('app.chooseFolder', { title: t('projects.openTitle') })
      if (path) open(path)
    } catch (error) {
      showProblem(error)
    }
  }
  return { open, choose, isPending: opening.isPending }
}
