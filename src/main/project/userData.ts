import os from 'node:os'
import path from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Returns the folder of the settings of this person on this computer, as Electron names it for the window. */
export function userDataFolder(environment: Environment, platform = process.platform, home = os.homedir()): string {
  const own = environment.EXEMPLAR_USER_DATA
  if (own) return own
  switch (platform) {
    case 'win32':
      return path.join(environment.APPDATA || path.join(home, 'AppData', 'Roaming'), 'Exemplar')
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Exemplar')
    default:
      return path.join(environment.XDG_CONFIG_HOME || path.join(home, '.config'), 'Exemplar')
  }
}
