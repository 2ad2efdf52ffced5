import { useQueryClient } from '@tanstack/react-query'
import type { AppSettings } from '../../../../shared/contract'
import { callKey, useCallMutation } from '../../api/queries'

const key = callKey('app.settings', {})

/**
 * Keeps a part of the settings, which may follow from them as they stand. Every reader has the new ones at once, before they are
 * stored: a field is often left by the very click that makes use of it. The key's state depends on the address, so it is read again.
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
    // What could not be stored is not shown as if it were.
    mutate(change, { onError: () => void client.invalidateQueries({ queryKey: key }), ...(onStored && { onSuccess: onStored }) })
  }
  return { save, read }
}
