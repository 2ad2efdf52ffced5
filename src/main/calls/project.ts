import fs from 'node:fs'
import path from 'node:path'
import type { projectCalls } from '../../shared/contract'
import { defaultProviderSettings } from '../../shared/domain'
import { sampleFolder } from '../../shared/sampleProject'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { closeProject, createProject, openProject, resolveProjectDirectory } from '../project/project'
import { forgetProject, listRecentProjects } from '../project/userData'
import { coverPath, findCard } from '../project/projectCards'
import { readPlace, savePlace } from '../project/places'
import { findNearestInQueue } from '../store/candidates/nearestInQueue'
import { listItemIds } from '../store/library/itemList'
import { getGenerationSettings } from '../store/project/project'
import { refusalOf } from '../store/sql/readOnly'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Creates the handlers of calls that create, open and close projects. */
export function createProjectHandlers({ desktop, session, chosen, runs, reviewer, view }: CallParts): TopicHandlers<typeof projectCalls> {
  const { userData } = desktop
  /** Accepts a project that was opened before, or that was chosen here or when the window was started. */
  const requireProjectFolder = (directory: string): string => {
    const recent = listRecentProjects(userData).map(({ path: folder }) => folder)
    return recent.includes(directory) || session.asked() === directory ? directory : chosen.requireFolder(directory)
  }

  const openSample = async () => {
    const directory = path.join(desktop.documents, sampleFolder)
    if (!fs.existsSync(directory)) closeProject(createProject(directory, 'la'))
    const sample = openProject(directory)
    const isWhole = listItemIds(sample.db, { limit: 1 }).length > 0 // otherwise it is new, or its creation was interrupted
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
  }

  const visitor = () => ({ project: session.require().info.uuid, reviewer: reviewer() })

  /** Drafts pairs for the sample, so that a new user starts with pairs. Always uses the demo generator, which costs nothing. */
  const draftSample = async (): Promise<void> => {
    const project = session.require()
    if (refusalOf(project.db) || listItemIds(project.db, { onlyUndrafted: true }).length < listItemIds(project.db).length) return
    const { startRun } = await import('../generation/run/startRun')
    const run = startRun(project.db, { provider: defaultProviderSettings, generation: getGenerationSettings(project.db) })
    runs.drive(project, run, null)
    await runs.ended(run.id)
  }

  return {
    'project.current': () => session.current()?.info ?? null,
    'project.recent': () => listRecentProjects(userData),
    'project.card': async ({ path: given }) => {
      const directory = requireProjectFolder(given)
      const found = await findCard(userData, directory, reviewer(), () =>
        desktop.runJob('projectCard', { project: directory, reviewer: reviewer() }),
      )
      if (!found) return null
      const { card, coverFile } = found
      if (card.cover === null || coverFile === null) return card
      const to = coverPath(userData, card.cover)
      if (fs.existsSync(to)) return card
      const made = await desktop.runJob('thumbnail', { file: coverFile, to }).then(
        () => true,
        () => false, // opening the project reports the medium that cannot be shown
      )
      return made ? card : { ...card, cover: null }
    },
    'project.place': () => {
      const place = readPlace(userData, visitor())
      if (!place) return null
      const { db } = session.require()
      const filter = view.filter(place.filter)
      const pair = place.candidateId === null ? null : findNearestInQueue(db, filter, place.candidateId, reviewer())
      return { screen: place.screen, filter: place.filter, pair }
    },
    'project.savePlace': (place) => {
      savePlace(userData, visitor(), place)
      return null
    },
    'project.forget': ({ path: directory }) => forgetProject(userData, directory),
    'project.create': async ({ folder, name, recipe }) => {
      if (name !== path.basename(name))
        throw new Problem('wrong-use', message('app.nameHasSlashes', { name }), message('app.chooseAnotherName'), { item: name })
      chosen.requireFolder(folder, [desktop.documents])
      const project = createProject(path.join(folder, name.replace(/\.exemplar$/, '') + '.exemplar'), recipe)
      closeProject(project)
      return session.open(project.directory)
    },
    'project.createSample': async ({ withDrafts = false }) => {
      const info = await openSample()
      if (withDrafts) await draftSample()
      return info
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
