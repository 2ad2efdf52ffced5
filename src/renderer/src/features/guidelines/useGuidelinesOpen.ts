import { useCall } from '../../api/queries'
import { useStable } from '../../app/state/useStable'
import { useSaveSettings } from '../settings/useSaveSettings'

/** Returns whether the guidelines are open next to the pair, which is stored in the user's settings. */
export function useGuidelinesOpen() {
  const open = useCall('app.settings', {}).data?.guidelinesOpen ?? false
  const { save } = useSaveSettings()
  const { toggle } = useStable({ toggle: () => save((settings) => ({ guidelinesOpen: !settings.guidelinesOpen })) })
  return { open, toggle }
}
