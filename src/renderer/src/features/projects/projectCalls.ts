import { useTranslation } from 'react-i18next'
import { call } from '../../api'
import { showProblem } from '../../components/showProblem'
import { useCallMutation } from '../../queries'
import { useEnterProject } from '../shell/projectCalls'

/** Opens a project by its path, or one that the person chooses. */
export function useOpenProject() {
  const { t } = useTranslation()
  const enter = useEnterProject()
  const open = useCallMutation('project.open', { onSuccess: enter })
  const choose = async () => {
    try {
      const path = await call('app.chooseFolder', { title: t('projects.openTitle') })
      if (path) open.mutate({ path })
    } catch (error) {
      showProblem(error)
    }
  }
  return { open: (path: string) => open.mutate({ path }), choose, isPending: open.isPending }
}
