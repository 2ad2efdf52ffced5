import { useQueryClient } from '@tanstack/react-query'
import { defaultDesk, type Desk } from '../../../../../shared/review'
import { callKey, useCall, useCallMutation } from '../../../api/queries'

const key = callKey('desk.get', {})

/** Returns the reviewer's desk settings for this project (null until read), and a setter that applies and stores changes immediately. */
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
