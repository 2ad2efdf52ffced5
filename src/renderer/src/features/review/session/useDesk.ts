import { useQueryClient } from '@tanstack/react-query'
import { defaultDesk, type Desk } from '../../../../../shared/review'
import { callKey, useCall, useCallMutation } from '../../../api/queries'

const key = callKey('desk.get', {})

/** How the reviewer has set up the desk of this project; null until it is read. What is changed holds at once, and the next time. */
export function useDesk(): { readonly desk: Desk | null; readonly setDesk: (part: Partial<Desk>) => void } {
  const client = useQueryClient()
  const { data, isError } = useCall('desk.get', {})
  const { mutate } = useCallMutation('desk.save')
  const desk = data ?? (isError ? defaultDesk : null)
  const setDesk = (part: Partial<Desk>) => {
    const changed = { ...(client.getQueryData<Desk>(key) ?? defaultDesk), ...part }
    client.setQueryData<Desk>(key, changed)
    mutate(changed)
  }
  return { desk, setDesk }
}
