import { existsSync, readFileSync } from 'node:fs'
import { Problem } from '../../shared/problem'
import { say } from '../../shared/say'

/** Returns the licences of everything that this program is made of, which the build writes beside the code. @throws Problem not-found */
export function readNotices(): string {
  const places = ['./', '../', '../../'].map((folder) => new URL(`${folder}third-party-notices.txt`, import.meta.url))
  const file = places.find((place) => existsSync(place))
  if (!file) throw new Problem('not-found', say`The list of licenses is not there.`, say`Build or install Exemplar again.`)
  return readFileSync(file, 'utf8')
}
