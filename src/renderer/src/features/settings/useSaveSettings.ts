import { useQueryClient } from '@tanstack/react-query'
import { callKey, useCallMutation } from '../../queries'

/** Keeps a part of the settings; every reader has the new ones at once. The key's state depends on the address, so it is read again. */
export function useSaveSettings() {
  const client = useQueryClient()
  return useCallMutation('app.saveSettings', {
    reread: ['app.keyStatus'],
    onSuccess: (settings) => client.setQueryData(callKey('app.settings', {}), settings),
  }).mutate
}
