import { useTranslation } from 'react-i18next'
import { showDone } from '../../components/showProblem'
import { useCallMutation } from '../../api/queries'

/** Starts a run, and reports the items that were left out because another run has them. */
export function useStartRun(onSuccess?: () => void) {
  const { t } = useTranslation()
  return useCallMutation('run.start', {
    onSuccess: ({ leftOut }) => {
      for (const { runId, items } of leftOut) showDone(t('runs.leftOut', { count: items, runId }))
      onSuccess?.()
    },
  })
}
