import fs from 'node:fs'
import type { appCalls } from '../../shared/contract'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import type { ProviderProfile } from '../../shared/domain'
import { activeProfileOf, listProfiles } from '../../shared/profiles'
import { listExportFolders } from '../project/exportHistory'
import { readNotices } from '../project/notices'
import { moveDrafts } from '../store/candidates/drafts'
import { refusalOf } from '../store/sql/readOnly'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Creates the handlers of calls about the app itself: its settings, its key and the system dialogs. */
export function createAppHandlers({ desktop, session, chosen, settings, keyFor }: CallParts): TopicHandlers<typeof appCalls> {
  const place = () => ({ profile: activeProfileOf(settings.read()).id, baseUrl: settings.read().provider.baseUrl })
  /** Removes the keys of deleted profiles. */
  const forgetKeysOfRemoved = (before: readonly ProviderProfile[], after: readonly ProviderProfile[]) => {
    const left = new Set(after.map(({ id }) => id))
    for (const { id, baseUrl } of before) if (!left.has(id)) desktop.forgetKey({ profile: id, baseUrl })
  }

  return {
    'app.info': () => ({ version: desktop.version, platform: process.platform, documents: desktop.documents }),
    'app.notices': readNotices,
    'app.settings': settings.read,
    'app.saveSettings': (change) => {
      const before = settings.read()
      const { language, reviewer: last, reviewerNamed } = before
      const saved = settings.save(change)
      forgetKeysOfRemoved(listProfiles(before), listProfiles(saved))
      // Drafts typed before the person entered their name belong to the new name.
      const open = session.current()
      if (!reviewerNamed && saved.reviewer !== last && open && !refusalOf(open.db)) moveDrafts(open.db, last, saved.reviewer)
      desktop.themeChanged(saved.theme)
      if (saved.language !== language) desktop.languageChanged(saved.language)
      return saved
    },
    'app.keyStatus': () => desktop.keyStatus(place()),
    'app.saveKey': ({ key }) => desktop.saveKey(place(), key),
    'app.copyKey': ({ from }) => {
      const other = listProfiles(settings.read()).find(({ id }) => id === from)
      const key =
        other && new URL(other.baseUrl).origin === new URL(place().baseUrl).origin
          ? desktop.savedKey({ profile: from, baseUrl: other.baseUrl })
          : null
      return key === null ? desktop.keyStatus(place()) : desktop.saveKey(place(), key)
    },
    'app.forgetKey': () => desktop.forgetKey(place()),
    'app.chooseFolder': async ({ title }) => chosen.addFolder(await desktop.chooseFolder(title)),
    'app.chooseFile': async ({ title, filters }) => chosen.addFile(await desktop.chooseFile(title, filters)),
    'app.chooseSaveFile': async ({ title, name, filters }) => chosen.addTarget(await desktop.chooseSaveFile(title, name, filters)),
    'app.showFolder': async ({ path: folder }) => {
      const project = session.current()
      chosen.requireFolder(folder, project ? [project.directory, ...listExportFolders(desktop.userData, project.info.uuid)] : [])
      // The system would start anything that is not a folder.
      if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
        throw new Problem('not-found', message('app.folderMissing', { folder }), message('app.exportAgain'), { item: folder })
      await desktop.showFolder(folder)
      return null
    },
    'app.testProvider': async (provider) => (await import('../generation/run/testProvider')).testProvider(provider, keyFor(provider)),
  }
}
