import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { ownPath } from '../store/sql/ownPath'

/** Folder of a project's media, each named by the hash of its content. */
export const mediaFolder = 'media'

const storedNamePattern = /^[0-9a-f]{64}\.[a-z0-9]+$/

/**
 * Returns the path of a medium, whether it exists or not. A name other than `<sha256>.<extension>` could lead anywhere, and so could a link
 * in the media folder of somebody else's project: throws Problem 'bad-media'. If the folder itself is a link, throws Problem
 * 'unreadable-project'.
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
