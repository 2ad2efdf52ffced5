import { useQueryClient } from '@tanstack/react-query'
import type { AppSettings } from '../../../../shared/contract'
import { callKey, useCallMutation } from '../../api/queries'

const key = callKey('app.settings', {})

/**
 * Returns a function that saves a part of the settings, which may be computed from the current ones. The cache is updated before they are
 * stored, because a field often loses the focus by the very click that uses its value. The state of the API key depends on the address, so
 * it is refetched.
 */
export function useSaveSettings() {
  const client = useQueryClient()
  const { mutate } = useCallMutation('app.saveSettings')
  const read = () => client.getQueryData<AppSettings>(key)
  const save = (part: Partial<AppSettings> | ((settings: AppSettings) => Partial<AppSettings>), onStored?: () => void) => {
    const settings = read()
    if (!settings) return
    const change = typeof part === 'function' ? part(settings) : part
    client.setQueryData<AppSettings>(key, { ...settings, ...change, ...(change.reviewer !== undefined && { reviewerNamed: true }) })
    // Settings that could not be stored are not shown as if they were.
    mutate(change, { onError: () => void client.invalidateQueries({ queryKey: key }), ...(onStored && { onSuccess: onStored }) })
  }
  return { save, read }
}
