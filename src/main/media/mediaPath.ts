import { join } from 'node:path'
import { Problem } from '../../shared/problem'

/** Where a project keeps its media, each named by the hash of its content. */
export const mediaFolder = 'media'

const storedNamePattern = /^[0-9a-f]{64}\.[a-z0-9]+$/

/** The file of a medium. A name that is not `<sha256>.<extension>` could lead anywhere, so it throws Problem 'bad-media'. */
export function mediaPath(projectDirectory: string, storedName: string): string {
  if (!storedNamePattern.test(storedName))
    throw new Problem('bad-media', `“${storedName}” is not the name of a stored medium.`, 'Run the doctor on this project.', {
      item: storedName,
    })
  return join(projectDirectory, mediaFolder, storedName)
}
