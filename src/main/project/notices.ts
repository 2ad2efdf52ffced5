import { existsSync, readFileSync } from 'node:fs'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'

/** Returns the licences of all components of this program, which the build writes next to the code. @throws Problem not-found */
export function readNotices(): string {
  const places = ['./', '../', '../../'].map((folder) => new URL(`${folder}third-party-notices.txt`, import.meta.url))
  const file = places.find((place) => existsSync(place))
  if (!file) throw new Problem('not-found', message('project.licencesMissing'), message('problem.reinstall'))
  return readFileSync(file, 'utf8')
}
