import { useTranslation } from 'react-i18next'
import { activeProfileOf, chooseProfile, listProfiles } from '../../../../shared/profiles'
import { useCall } from '../../api/queries'
import { useSaveSettings } from './useSaveSettings'

/** Returns the entries of the command palette for provider profiles: one for each profile that is not active. */
export function useProfileActions(): readonly { readonly id: string; readonly label: string; readonly onClick: () => void }[] {
  const { t } = useTranslation()
  const settings = useCall('app.settings', {}).data
  const { save } = useSaveSettings()
  if (!settings) return []
  return listProfiles(settings)
    .filter(({ id }) => id !== activeProfileOf(settings).id)
    .map(({ id, name }) => ({
      id: `profile-${id}`,
      label: t('profiles.choose', { name }),
      onClick: () => save((now) => chooseProfile(now, id)),
    }))
}
