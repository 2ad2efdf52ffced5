import type { AppSettings, KeyStatus, Topic } from '../../shared/contract'
import type { ActiveRuns } from '../generation/run/activeRuns'
import { activeProfileOf, listProfiles } from '../../shared/profiles'
import type { ProviderSettings } from '../../shared/domain'
import type { KeyPlace } from '../project/keyRing'
import { readAppSettings, saveAppSettings } from '../project/userData'
import { type ChosenPaths, createChosenPaths } from '../project/chosenPaths'
import type { Session } from '../project/session'
import type { WritableDb } from '../store/sql/types'
import { createQueues, type Queues } from './queues'
import { createReviewerView, type ReviewerView } from './visibility'
import type { JobInput, JobName, JobOutput } from '../jobs/contract'

/** Functions that only the desktop app has; their Electron code is in `electron/`. */
export interface Desktop {
  readonly userData: string
  readonly documents: string
  readonly version: string
  /** folder of the sample's media and annotations */
  readonly sampleDirectory: string
  chooseFolder(title: string): Promise<string | null>
  chooseFile(title: string, filters: { name: string; extensions: string[] }[]): Promise<string | null>
  /** asks for the file to write; the system confirms before an existing file is replaced */
  chooseSaveFile(title: string, name: string, filters: { name: string; extensions: string[] }[]): Promise<string | null>
  showFolder(folder: string): Promise<void>
  keyStatus(place: KeyPlace): KeyStatus
  saveKey(place: KeyPlace, key: string): KeyStatus
  forgetKey(place: KeyPlace): KeyStatus
  /** the key of a profile, without OPENAI_API_KEY */
  savedKey(place: KeyPlace): string | null
  readKey(place: KeyPlace): string | null
  /** the key for an address that only a project file names */
  readKeyForProject(baseUrl: string): string | null
  themeChanged(theme: AppSettings['theme']): void
  languageChanged(language: AppSettings['language']): void
  runJob<N extends JobName>(
    name: N,
    input: JobInput<N>,
    options?: { event?: 'import.progress' | 'export.progress' | 'snapshot.progress'; signal?: AbortSignal },
  ): Promise<JobOutput<N>>
  dataChanged(topics: readonly Topic[]): void
}

/** Dependencies of the handlers of all topics. */
export interface CallParts {
  readonly desktop: Desktop
  readonly session: Session
  readonly runs: ActiveRuns
  readonly settings: { read(): AppSettings; save(change: Partial<AppSettings>): AppSettings }
  /** paths that the person chose in system dialogs */
  readonly chosen: ChosenPaths
  readonly queues: Queues
  readonly view: ReviewerView
  /** database of the open project. @throws Problem if none is open */
  db(): WritableDb
  /** the name of the active reviewer */
  reviewer(): string
  /** the key of the active profile, for the address of these settings */
  keyFor(provider: Pick<ProviderSettings, 'baseUrl'>): string | null
  /** the key of a profile with the server and preferably the model that a project names; OPENAI_API_KEY only if it may be sent there */
  keyForProject(provider: Pick<ProviderSettings, 'baseUrl' | 'model'>): string | null
}

export function createCallParts(desktop: Desktop, session: Session, runs: ActiveRuns): CallParts {
  let known = readAppSettings(desktop.userData)
  const db = () => session.require().db
  const reviewer = () => known.reviewer
  return {
    desktop,
    session,
    runs,
    settings: { read: () => known, save: (change) => (known = saveAppSettings(desktop.userData, change)) },
    chosen: createChosenPaths(),
    queues: createQueues((filter, order, cards) =>
      desktop.runJob('queue', { project: session.require().directory, reviewer: reviewer(), filter, order, cards }),
    ),
    view: createReviewerView(db, reviewer),
    db,
    reviewer,
    keyFor: ({ baseUrl }) => desktop.readKey({ profile: activeProfileOf(known).id, baseUrl }),
    keyForProject: ({ baseUrl, model }) => {
      const { id } = activeProfileOf(known)
      const isSame = (profile: ProviderSettings) => new URL(profile.baseUrl).origin === new URL(baseUrl).origin
      const fits = listProfiles(known).filter((profile) => profile.kind !== 'demo' && isSame(profile))
      const profile =
        fits.find((one) => one.model === model && one.id === id) ??
        fits.find((one) => one.id === id) ??
        fits.find((one) => one.model === model) ??
        fits[0]
      return profile ? desktop.readKey({ profile: profile.id, baseUrl }) : desktop.readKeyForProject(baseUrl)
    },
  }
}
