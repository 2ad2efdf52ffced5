import { useCall } from '../../api/queries'
import { useStable } from '../../app/state/useStable'
import { useSaveSettings } from '../settings/useSaveSettings'

/** Whether the guidelines are open beside the pair; remembered with this person's settings. */
export function useGuidelinesOpen() {
  const open = useCall('app.settings', {}).data?.guidelinesOpen ?? false
  const { save } = useSaveSettings()
  const { toggle } = useStable({ toggle: () => save((settings) => ({ guidelinesOpen: !settings.guidelinesOpen })) })
  return { open, toggle }
}
