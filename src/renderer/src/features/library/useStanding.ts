import { useTranslation } from 'react-i18next'
import type { Standing } from '../../../../shared/domain'
import { useCallMutation } from '../../api/queries'
import { showDone } from '../../components/showProblem'

/** Returns functions that exclude, delete and include items; each action is confirmed by a notification with an undo button. */
export function useStanding() {
  const { t } = useTranslation()
  const notify = (standing: Standing, count: number, takeBack?: () => void) =>
    showDone(
      t(`library.done${standing === 'included' ? 'Included' : standing === 'excluded' ? 'Excluded' : 'Deleted'}`, { count }),
      takeBack,
    )
  const undo = useCallMutation('item.undo', { onSuccess: (change) => change && notify(change.standing, change.items) })
  const set = useCallMutation('item.setStanding', {
    onSuccess: (count, { standing }) => notify(standing, count, () => undo.mutate({})),
  })
  const redo = useCallMutation('item.redo', { onSuccess: (change) => change && notify(change.standing, change.items) })
  return {
    setStanding: (ids: readonly number[], standing: Standing) => set.mutate({ ids: [...ids], standing }),
    undo: () => undo.mutate({}),
    redo: () => redo.mutate({}),
  }
}
