import fs from 'node:fs'
import path from 'node:path'
import type { projectCalls } from '../../shared/contract'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { closeProject, createProject, openProject, resolveProjectDirectory } from '../project/project'
import { forgetProject, listRecentProjects } from '../project/userData'
import { listItemIds } from '../store/library/itemList'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Calls that create, open and close projects. */
export function createProjectHandlers({ desktop, session, chosen }: CallParts): TopicHandlers<typeof projectCalls> {
  const { userData } = desktop
  /** A project that was opened before, or that somebody chose, here or when the window was started. */
  const requireProjectFolder = (directory: string): string => {
    const recent = listRecentProjects(userData).map(({ path: folder }) => folder)
    return recent.includes(directory) || session.asked() === directory ? directory : chosen.requireFolder(directory)
  }

  return {
    'project.current': () => session.current()?.info ?? null,
    'project.recent': () => listRecentProjects(userData),
    'project.forget': ({ path: directory }) => forgetProject(userData, directory),
    'project.create': async ({ folder, name, recipe }) => {
      if (name !== path.basename(name))
        throw new Problem('wrong-use', message('app.nameHasSlashes', { name }), message('app.chooseAnotherName'), { item: name })
      chosen.requireFolder(folder, [desktop.documents])
      const project = createProject(path.join(folder, name.replace(/\.exemplar$/, '') + '.exemplar'), recipe)
      closeProject(project)
      return session.open(project.directory)
    },
    'project.createSample': async () => {
      const directory = path.join(desktop.documents, 'Exemplar sample.exemplar')
      if (!fs.existsSync(directory)) closeProject(createProject(directory, 'la'))
      const sample = openProject(directory)
      const isWhole = listItemIds(sample.db, { limit: 1 }).length > 0 // else it is new, or its making was interrupted
      closeProject(sample)
      if (isWhole) return session.open(directory)
      const coco = path.join(desktop.sampleDirectory, 'annotations', 'coco')
      await desktop.runJob('import', {
        project: directory,
        request: {
          format: 'coco',
          captions: path.join(coco, 'captions.json'),
          instances: path.join(coco, 'instances.json'),
          mediaDirectory: path.join(desktop.sampleDirectory, 'media'),
        },
      })
      return session.open(directory)
    },
    'project.open': ({ path: directory }) => session.open(requireProjectFolder(directory)),
    'project.recovery': ({ path: given }) =>
      desktop.runJob('recoveryOffer', { project: requireProjectFolder(resolveProjectDirectory(given)) }),
    'project.recover': async ({ path: given, use }) => {
      const directory = requireProjectFolder(resolveProjectDirectory(given))
      await desktop.runJob('recover', { project: directory, use })
      return session.open(directory)
    },
    'project.close': async () => {
      await session.close()
      return null
    },
    'project.doctor': () => desktop.runJob('examine', { project: session.require().directory }),
  }
}
