import type { AppSettings } from './contract'
import { defaultProfile, providerSettingsSchema, type ProfileName, type ProviderProfile, type ProviderSettings } from './domain'

type Profiles = Pick<AppSettings, 'provider' | 'profile' | 'otherProfiles'>

/** Returns the active profile, with its id and name. */
export const activeProfileOf = ({ provider, profile = defaultProfile }: Profiles): ProviderProfile => ({ ...provider, ...profile })

/** Returns all profiles, sorted by name. */
export function listProfiles(settings: Profiles): ProviderProfile[] {
  return [activeProfileOf(settings), ...(settings.otherProfiles ?? [])].toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
}

/** Activates a profile; an unknown id changes nothing. */
export function chooseProfile(settings: Profiles, id: string): Profiles {
  const profiles = listProfiles(settings)
  const chosen = profiles.find((profile) => profile.id === id)
  return chosen ? withActive(chosen, profiles) : settings
}

/** Adds a profile and activates it. Appends a number to its name if the name is taken. */
export function addProfile(settings: Profiles, profile: ProviderProfile): Profiles {
  const profiles = listProfiles(settings)
  return withActive({ ...profile, name: freeName(profile.name, profiles) }, profiles)
}

/** Renames the active profile; appends a number if another profile has the name. */
export function renameProfile(settings: Profiles, name: string): Profiles {
  const { id } = activeProfileOf(settings)
  return { ...settings, profile: { id, name: freeName(name, settings.otherProfiles ?? []) } }
}

/** Removes the active profile and activates the first of the others. The last profile cannot be removed. */
export function removeActiveProfile(settings: Profiles): Profiles {
  const { id } = activeProfileOf(settings)
  const others = listProfiles(settings).filter((profile) => profile.id !== id)
  const [next] = others
  return next ? withActive(next, others) : settings
}

/** Finds a profile by its name, ignoring case unless two names differ only in case. */
export function findProfile(settings: Profiles, name: string): ProviderProfile | undefined {
  const profiles = listProfiles(settings)
  const matches = (one: string) => one.toLowerCase() === name.trim().toLowerCase()
  return profiles.find((profile) => profile.name === name.trim()) ?? profiles.find((profile) => matches(profile.name))
}

function withActive(active: ProviderProfile, profiles: readonly ProviderProfile[]): Profiles {
  const { id, name, ...provider } = active
  return { provider, profile: { id, name }, otherProfiles: profiles.filter((profile) => profile.id !== id) }
}

/** Returns the provider settings of a profile, without its name. */
export const settingsOf = (profile: ProviderProfile): ProviderSettings => providerSettingsSchema.parse(profile)

function freeName(wanted: string, profiles: readonly ProfileName[]): string {
  const taken = new Set(profiles.map(({ name }) => name.toLowerCase()))
  const base = wanted.trim().slice(0, 56)
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base} ${number}`
    if (!taken.has(name.toLowerCase())) return name
  }
}
