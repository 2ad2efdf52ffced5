import fs from 'node:fs'
import type { appCalls } from '../../shared/contract'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { listExportFolders } from '../project/exportHistory'
import { readNotices } from '../project/notices'
import { moveDrafts } from '../store/candidates/drafts'
import { refusalOf } from '../store/sql/readOnly'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Calls about the app itself: its settings, its key, the dialogs of the system. */
export function createAppHandlers({ desktop, session, chosen, settings, keyFor }: CallParts): TopicHandlers<typeof appCalls> {
  const baseUrl = () => settings.read().provider.baseUrl

  return {
    'app.info': () => ({ version: desktop.version, platform: process.platform, documents: desktop.documents }),
    'app.notices': readNotices,
    'app.settings': settings.read,
    'app.saveSettings': (change) => {
      const { language, reviewer: last, reviewerNamed } = settings.read()
      const saved = settings.save(change)
      // What the same person typed before they were asked for their name is theirs.
      const open = session.current()
      if (!reviewerNamed && saved.reviewer !== last && open && !refusalOf(open.db)) moveDrafts(open.db, last, saved.reviewer)
      desktop.themeChanged(saved.theme)
      if (saved.language !== language) desktop.languageChanged(saved.language)
      return saved
    },
    'app.keyStatus': () => desktop.keyStatus(baseUrl()),
    'app.saveKey': ({ key }) => desktop.saveKey(baseUrl(), key),
    'app.forgetKey': () => desktop.forgetKey(baseUrl()),
    'app.chooseFolder': async ({ title }) => chosen.addFolder(await desktop.chooseFolder(title)),
    'app.chooseFile': async ({ title, filters }) => chosen.addFile(await desktop.chooseFile(title, filters)),
    'app.chooseSaveFile': async ({ title, name, filters }) => chosen.addTarget(await desktop.chooseSaveFile(title, name, filters)),
    'app.showFolder': async ({ path: folder }) => {
      const project = session.current()
      chosen.requireFolder(folder, project ? [project.directory, ...listExportFolders(desktop.userData, project.info.uuid)] : [])
      // The system starts what is no folder.
      if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
        throw new Problem('not-found', message('app.folderMissing', { folder }), message('app.exportAgain'), { item: folder })
      await desktop.showFolder(folder)
      return null
    },
    'app.testProvider': async (provider) =>
      (await import('../generation/run/testProvider')).testProvider(provider, keyFor(provider.baseUrl)),
  }
}
