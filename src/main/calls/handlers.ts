import fs from 'node:fs'
import path from 'node:path'
import type { AppSettings, CallOutput, KeyStatus } from '../../shared/contract'
import { promptTextSchema } from '../../shared/domain'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import type { ActiveRuns } from '../generation/run/activeRuns'
import type { JobInput, JobName, JobOutput } from '../jobs/contract'
import { mediaPath } from '../media/mediaPath'
import { lookAtVideo } from '../media/video/videoProcess'
import { readNotices } from '../project/notices'
import { readAppSettings, saveAppSettings } from '../project/appSettings'
import { createChosenPaths } from '../project/chosenPaths'
import { closeProject, createProject, openProject, resolveProjectDirectory } from '../project/project'
import { forgetProject, listRecentProjects } from '../project/recentProjects'
import { getRecipe } from '../recipes/registry'
import { createEditingHandlers } from './editing'
import { createFlowHandlers } from './workSessions'
import { createOwnHandlers, type RawHandlers } from './ownCalls'
import { combineHandlers, createReviewerView, type Handlers, type OtherHandlers } from './visibility'
import { createReviewHandlers } from './review'
import type { Session } from '../project/session'
import { createQueues } from './queues'
import { createTableHandlers, nameLanguagesLater } from './table'
import { listCalls } from '../store/runs/calls'
import { listCandidates, requireCandidate, usedExemplars } from '../store/candidates/candidates'
import { readColdStart } from '../store/decisions/coldStart'
import { listDecisions } from '../store/decisions/decisions'
import { getDraft, moveDrafts } from '../store/candidates/drafts'
import { orderExemplars, pinExemplar } from '../store/candidates/exemplars'
import { getItem, listItemIds } from '../store/library/items'
import { getMedia } from '../store/library/media'
import {
  getColdStart,
  getCustomRecipe,
  getGenerationSettings,
  saveColdStart,
  saveCustomRecipe,
  saveGenerationSettings,
} from '../store/project/project'
import { forgetSimilarPool } from '../store/search/similarPool'
import { getPromptDraft, savePromptDraft } from '../store/project/promptDrafts'
import { currentPromptVersion, listPromptExemplars, listPromptVersions, savePromptVersion } from '../store/project/prompts'
import { claimRun, requireRun } from '../store/runs/runs'
import { saveQualitySettings } from '../store/quality/qualitySettings'
import { refusalOf } from '../store/sql/readOnly'

export type { Handlers }

/** What only the desktop can do; Electron's part of it is in `electron/`. */
export interface Desktop {
  readonly userData: string
  readonly documents: string
  readonly version: string
  /** where the sample's media and annotations lie */
  readonly sampleDirectory: string
  chooseFolder(title: string): Promise<string | null>
  chooseFile(title: string, filters: { name: string; extensions: string[] }[]): Promise<string | null>
  /** asks where a file is to be written; the system asks before one that exists is replaced */
  chooseSaveFile(title: string, name: string, filters: { name: string; extensions: string[] }[]): Promise<string | null>
  showFolder(folder: string): Promise<void>
  keyStatus(baseUrl: string): KeyStatus
  saveKey(baseUrl: string, key: string): KeyStatus
  forgetKey(baseUrl: string): KeyStatus
  readKey(baseUrl: string, fromProject?: boolean): string | null
  themeChanged(theme: AppSettings['theme']): void
  languageChanged(language: AppSettings['language']): void
  runJob<N extends JobName>(
    name: N,
    input: JobInput<N>,
    options?: { event?: 'import.progress' | 'export.progress'; signal?: AbortSignal },
  ): Promise<JobOutput<N>>
  itemsChanged(): void
  candidatesChanged(): void
}

/** What talks to models is loaded when it is first needed: the window would wait for it at its start. */
const generation = {
  previewPrompt: async () => (await import('../generation/prompt/preparePrompt')).previewPrompt,
  startRun: async () => (await import('../generation/run/startRun')).startRun,
  testProvider: async () => (await import('../generation/run/testProvider')).testProvider,
  tryPrompt: async () => (await import('../generation/prompt/tryPrompt')).tryPrompt,
  promptFiles: () => import('../exchange/promptFile/promptFiles'),
}

/** Every call of the contract, by the functions of the rooms. */
export function createHandlers(desktop: Desktop, session: Session, runs: ActiveRuns): Handlers {
  const { userData } = desktop
  const db = () => session.require().db
  let known = readAppSettings(userData)
  const settings = () => known
  const baseUrl = () => settings().provider.baseUrl
  let importing: AbortController | undefined
  const chosen = createChosenPaths()
  let exporting: AbortController | undefined
  const queues = createQueues((filter, order) =>
    desktop.runJob('queue', { project: session.require().directory, reviewer: settings().reviewer, filter, order }),
  )

  const promptState = (): CallOutput<'prompt.get'> => ({
    current: currentPromptVersion(db()),
    versions: listPromptVersions(db()),
    recipeText: getRecipe(session.require().info.recipe).text,
    settings: getGenerationSettings(db()),
    fileExemplars: listPromptExemplars(db(), currentPromptVersion(db()).id).length,
  })
  const videoFile = (id: number) => {
    const media = getMedia(db(), id)
    if (media?.kind !== 'video')
      throw new Problem('not-found', message('app.noVideo', { id }), message('app.chooseAnother'), { item: `video ${id}` })
    return { file: mediaPath(session.require().directory, media.storedName), name: media.fileName }
  }
  const keyFor = (address: string) => desktop.readKey(address)
  const reviewer = () => settings().reviewer
  const view = createReviewerView(db, reviewer)

  /** A project that was opened before, or that somebody chose, here or when the window was started. */
  const requireProjectFolder = (directory: string): string => {
    const recent = listRecentProjects(userData).map(({ path: folder }) => folder)
    return recent.includes(directory) || session.asked() === directory ? directory : chosen.requireFolder(directory)
  }

  const plain: OtherHandlers & RawHandlers = {
    'app.info': () => ({ version: desktop.version, platform: process.platform, documents: desktop.documents }),
    'app.notices': readNotices,
    'app.settings': settings,
    'app.saveSettings': (change) => {
      const { language, reviewer: last, reviewerNamed } = known
      known = saveAppSettings(userData, change)
      // What the same person typed before they were asked for their name is theirs.
      const open = session.current()
      if (!reviewerNamed && known.reviewer !== last && open && !refusalOf(open.db)) moveDrafts(open.db, last, known.reviewer)
      desktop.themeChanged(known.theme)
      if (known.language !== language) desktop.languageChanged(known.language)
      return known
    },
    'app.keyStatus': () => desktop.keyStatus(baseUrl()),
    'app.saveKey': ({ key }) => desktop.saveKey(baseUrl(), key),
    'app.forgetKey': () => desktop.forgetKey(baseUrl()),
    'app.chooseFolder': async ({ title }) => chosen.addFolder(await desktop.chooseFolder(title)),
    'app.chooseFile': async ({ title, filters }) => chosen.addFile(await desktop.chooseFile(title, filters)),
    'app.chooseSaveFile': async ({ title, name, filters }) => chosen.addTarget(await desktop.chooseSaveFile(title, name, filters)),
    'app.showFolder': async ({ path: folder }) => {
      const project = session.current()?.directory
      chosen.requireFolder(folder, project === undefined ? [] : [project])
      // The system starts what is no folder.
      if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
        throw new Problem('not-found', message('app.folderMissing', { folder }), message('app.exportAgain'), { item: folder })
      await desktop.showFolder(folder)
      return null
    },
    'app.testProvider': async (provider) => (await generation.testProvider())(provider, keyFor(provider.baseUrl)),

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

    'media.frameTimes': async ({ id }) => {
      const { directory } = session.require()
      const media = getMedia(db(), id)
      if (media?.kind !== 'video' || media.problem !== null) return []
      return desktop.runJob('frameTimes', { file: mediaPath(directory, media.storedName), name: media.fileName })
    },
    'media.frame': ({ id, index }) => lookAtVideo('exactFrame', { ...videoFile(id), index }),
    'media.prepareFrame': ({ id, index }) => lookAtVideo('prepareFrame', { ...videoFile(id), index }),
    'media.fault': ({ id }) => {
      const media = getMedia(db(), id)
      if (!media) throw new Problem('not-found', message('app.noMedium', { id }), message('app.chooseAnother'), { item: `medium ${id}` })
      return desktop.runJob('mediaFault', { project: session.require().directory, media })
    },
    'item.get': ({ id }) => {
      const item = getItem(db(), id)
      if (!item) throw new Problem('not-found', message('app.noItem', { id }), message('app.chooseAnother'), { item: `item ${id}` })
      return item
    },

    'import.start': async (request) => {
      const { file, captions, instances, files, activities, mediaDirectory } = request
      for (const source of [file, captions, instances, files, activities, mediaDirectory])
        if (source !== undefined) chosen.requireSource(source)
      if (importing) throw new Problem('busy', message('app.importUnderWay'), message('app.waitForOrCancel'))
      importing = new AbortController()
      try {
        const project = session.require().directory
        return await desktop.runJob('import', { project, request }, { event: 'import.progress', signal: importing.signal })
      } finally {
        importing = undefined
        forgetSimilarPool(db())
        desktop.itemsChanged()
      }
    },
    'import.cancel': () => {
      importing?.abort()
      return null
    },

    'prompt.get': promptState,
    'prompt.save': ({ dropFileExemplars, ...text }) => {
      savePromptVersion(db(), text, dropFileExemplars ? [] : undefined)
      return promptState()
    },
    'prompt.saveSettings': (changed) => {
      saveGenerationSettings(db(), changed)
      return promptState()
    },
    'prompt.draft': () => getPromptDraft(db()),
    'prompt.saveDraft': (draft) => {
      savePromptDraft(db(), draft)
      return null
    },
    'prompt.preview': async (request) => (await generation.previewPrompt())(db(), request, settings().provider),
    'prompt.try': async (request) => {
      const { provider } = settings()
      const tryPrompt = await generation.tryPrompt()
      return tryPrompt(session.require(), request, {
        settings: provider,
        apiKey: keyFor(provider.baseUrl),
        pictureMaker: runs.pictureMaker,
      })
    },
    'prompt.readFile': async ({ path: file, repair }) => {
      chosen.requireSource(file)
      const { openPromptFile } = await generation.promptFiles()
      const { text, exemplars, findings } = await openPromptFile(file, currentPromptVersion(db()), { repair })
      return { text: text && promptTextSchema.parse(text), exemplars: exemplars.length, findings: [...findings] }
    },
    'prompt.importFile': async ({ path: file, repair }) => {
      chosen.requireSource(file)
      await (await generation.promptFiles()).importPromptFile(db(), file, { repair })
      return promptState()
    },
    'prompt.writeFile': async ({ path: file }) => {
      chosen.requireTarget(file)
      await (await generation.promptFiles()).exportPromptFile(db(), file)
      return { path: file }
    },

    'coldStart.save': ({ rule, closed }) => {
      saveColdStart(db(), { rule, closedAt: closed ? (getColdStart(db()).closedAt ?? Date.now()) : null })
      return readColdStart(db())
    },

    'recipe.custom': () => getCustomRecipe(db()),
    'recipe.saveCustom': (recipe) => {
      saveCustomRecipe(db(), recipe)
      return getCustomRecipe(db())
    },

    'run.start': async (request) => {
      const startRun = await generation.startRun()
      const { provider } = settings()
      const project = session.require()
      const run = startRun(project.db, { ...request, provider, generation: getGenerationSettings(project.db) })
      runs.drive(project, run, keyFor(provider.baseUrl))
      return run
    },
    'run.resume': ({ runId }) => {
      const project = session.require()
      runs.requireIdle(runId)
      claimRun(project.db, runId)
      const run = requireRun(project.db, runId)
      const address = run.settings.provider.baseUrl
      const isOwn = new URL(address).origin === new URL(baseUrl()).origin
      runs.drive(project, run, desktop.readKey(address, !isOwn))
      return run
    },
    'run.cancel': async ({ runId }) => {
      await runs.cancel(runId)
      return null
    },
    'run.list': () => runs.list(session.require()),
    'run.calls': (request) => listCalls(db(), request),

    'candidate.page': ({ filter, after, limit }) => listCandidates(db(), filter, after, limit, settings().reviewer),
    'candidate.get': ({ id }) => {
      const candidate = requireCandidate(db(), id)
      return {
        candidate,
        exemplars: usedExemplars(db(), candidate.callId),
        decisions: listDecisions(db(), id),
        draft: getDraft(db(), id, settings().reviewer),
      }
    },
    ...createReviewHandlers(desktop, session, reviewer),
    ...createFlowHandlers(desktop, session, queues, reviewer),
    ...createEditingHandlers(desktop, session, reviewer),
    ...createTableHandlers(desktop, session, queues, reviewer),

    'exemplar.order': ({ candidateIds }) => {
      orderExemplars(db(), candidateIds)
      return null
    },
    'exemplar.pin': ({ candidateId, pinned, reason }) => pinExemplar(db(), candidateId, pinned, reason),

    'quality.settings': view.settings,
    'quality.saveSettings': async (changed) => {
      if (view.settings().lead !== null) view.requireLead()
      const saved = { ...changed, lead: changed.blind ? (changed.lead ?? reviewer()) : changed.lead }
      saveQualitySettings(db(), saved)
      await desktop.runJob('refreshLooks', { project: session.require().directory })
      desktop.candidatesChanged()
      return saved
    },

    'export.start': async ({ format, directory }) => {
      if (exporting) throw new Problem('busy', message('app.exportUnderWay'), message('app.waitForOrStop'))
      const mine = (exporting = new AbortController())
      try {
        const project = session.require().directory
        return await desktop.runJob(
          'export',
          { project, format, directory: chosen.requireFolder(directory) },
          { event: 'export.progress', signal: mine.signal },
        )
      } catch (error) {
        if (mine.signal.aborted) return null
        throw error
      } finally {
        exporting = undefined
      }
    },
    'export.cancel': () => {
      exporting?.abort()
      return null
    },
  }
  const own = createOwnHandlers({ raw: plain, view, db, reviewer, nameLanguagesLater: () => nameLanguagesLater(desktop, session) })
  return combineHandlers(view, own, plain)
}
