import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { ownPath } from '../store/sql/ownPath'

/** Where a project keeps its media, each named by the hash of its content. */
export const mediaFolder = 'media'

const storedNamePattern = /^[0-9a-f]{64}\.[a-z0-9]+$/

/**
 * The file of a medium, there or not. A name that is not `<sha256>.<extension>` could lead anywhere, and so could a link in the media
 * folder of a project that somebody else made: Problem 'bad-media'. A link in place of that folder: Problem 'unreadable-project'.
 */
export function mediaPath(projectDirectory: string, storedName: string): string {
  if (!storedNamePattern.test(storedName))
    throw new Problem('bad-media', message('mediaFile.wrongStoredName', { storedName }), message('mediaFile.restoreBackup'), {
      item: storedName,
    })
  const file = join(ownPath(projectDirectory, mediaFolder), storedName)
  const found = lstatSync(file, { throwIfNoEntry: false })
  if (found && !found.isFile())
    throw new Problem(
      'bad-media',
      message('common.aboutItem', { item: storedName, reason: message('mediaFile.linkOrFolder') }),
      message('mediaFile.putFile'),
      {
        item: storedName,
      },
    )
  return file
}
