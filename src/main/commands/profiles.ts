import { activeProfileOf, listProfiles } from '../../shared/profiles'
import { readAppSettings, userDataFolder } from '../project/userData'
import { exitCode, type ExitCode, type Terminal, toRow } from './terminal'

/** Lists the provider profiles of the window; an asterisk marks the active one. Keys are not listed. */
export function profilesCommand(terminal: Terminal, options: { json?: boolean }): ExitCode {
  const settings = readAppSettings(userDataFolder(terminal.environment))
  const active = activeProfileOf(settings).id
  const profiles = listProfiles(settings).map(({ id, ...profile }) => ({ ...profile, active: id === active }))
  if (options.json) terminal.out(JSON.stringify(profiles, null, 2))
  else
    for (const { name, kind, baseUrl, model, active: isActive } of profiles)
      terminal.out(toRow(isActive ? '*' : '', name, kind, ...(kind === 'demo' ? [] : [model, baseUrl])))
  return exitCode.done
}
