import type { snapshotCalls } from '../../shared/contract'
import { message } from '../../shared/messages/message'
import { Problem } from '../../shared/problem'
import { readSavedCard, saveCard } from '../store/snapshots/snapshotCards'
import { listSnapshots, requireSnapshot } from '../store/snapshots/snapshots'
import { refusalOf } from '../store/sql/readOnly'
import type { TopicHandlers } from './ownCalls'
import type { CallParts } from './parts'

/** Creates the handlers of calls about snapshots. */
export function createSnapshotHandlers({ desktop, session, db, reviewer }: CallParts): TopicHandlers<typeof snapshotCalls> {
  let creating: AbortController | undefined
  const project = () => session.require().directory
  const two = ({ before, after }: { before: number; after: number }) => {
    const ids = { before: requireSnapshot(db(), before).id, after: requireSnapshot(db(), after).id }
    if (before === after) throw new Problem('wrong-use', message('snapshot.sameTwice'), message('snapshot.nameAnother'))
    return ids
  }

  return {
    'snapshot.list': () => listSnapshots(db()),
    'snapshot.get': ({ id }) => requireSnapshot(db(), id),
    'snapshot.preview': ({ filter }) => desktop.runJob('previewSnapshot', { project: project(), filter }),
    'snapshot.create': async (request) => {
      const refused = refusalOf(db())
      if (refused) throw refused
      if (creating) throw new Problem('busy', message('snapshot.underWay'), message('app.waitForOrStop'))
      const mine = (creating = new AbortController())
      try {
        const job = { project: project(), createdBy: reviewer(), request }
        return await desktop.runJob('createSnapshot', job, { event: 'snapshot.progress', signal: mine.signal })
      } catch (error) {
        if (mine.signal.aborted) return null
        throw error
      } finally {
        creating = undefined
      }
    },
    'snapshot.cancel': () => {
      creating?.abort()
      return null
    },
    'snapshot.delete': ({ id }) => {
      const refused = refusalOf(db())
      if (refused) throw refused
      return desktop.runJob('deleteSnapshot', { project: project(), id: requireSnapshot(db(), id).id, deletedBy: reviewer() })
    },
    'snapshot.card': async ({ id }) => {
      const saved = readSavedCard(db(), requireSnapshot(db(), id).id)
      const text = await desktop.runJob('snapshotCard', { project: project(), snapshotId: id })
      return { text, savedBy: saved?.savedBy ?? null, savedAt: saved?.savedAt ?? null }
    },
    'snapshot.saveCard': ({ id, text }) => {
      saveCard(db(), { snapshotId: id, text, savedBy: reviewer() })
      return null
    },
    'snapshot.diff': (asked) => desktop.runJob('diffSnapshots', { project: project(), ...two(asked) }),
    'snapshot.diffPage': ({ kind, cursor, limit, ...asked }) =>
      desktop.runJob('listDifferences', { project: project(), ...two(asked), kind, cursor, limit }),
  }
}
