import type { QueryClient } from '@tanstack/react-query'
import type { AppSettings } from '../../../../../shared/contract'
import type { ProjectInfo } from '../../../../../shared/domain'
import { isSampleProject } from '../../../../../shared/sampleProject'
import { call } from '../../../api/api'
import { callKey } from '../../../api/queries'
import { createStore } from '../../../app/state/createStore'
import { countWrite } from '../../../app/state/writes'
import type { ReviewSession } from './reviewSession'

const key = callKey('app.settings', {})

/** What waits for the reviewer's name, which is asked for once, at the first decision; null where nothing waits. */
export const namePrompt = createStore<{ readonly decide: (() => void) | null }>('project', { decide: null })

/** Decides at once, or asks for the reviewer's name first where nobody has given one; the sample, which is for trying out, asks for none. */
export function withReviewerName(client: QueryClient, decide: () => void): void {
  const project = client.getQueryData<ProjectInfo | null>(callKey('project.current', {}))
  if (client.getQueryData<AppSettings>(key)?.reviewerNamed !== false || isSampleProject(project?.path ?? '')) return decide()
  const { decide: earlier } = namePrompt.get()
  namePrompt.set({ decide: () => (earlier?.(), decide()) })
}

/** Carries out what waited for the name. */
export function runPendingDecision(): void {
  const { decide } = namePrompt.get()
  namePrompt.reset()
  decide?.()
}

/** Stores the reviewer's name, and then what waited for it. @throws Problem where the name could not be stored: the prompt stays */
export async function saveReviewerName(client: QueryClient, reviewer: string): Promise<void> {
  client.setQueryData<AppSettings>(key, await countWrite(call('app.saveSettings', { reviewer })))
  runPendingDecision()
}

/** Returns a session that decides under a name: the pair that a decision was made on gets it, whatever is on the screen by then. */
export function askForReviewerName(client: QueryClient, session: ReviewSession): ReviewSession {
  const { decide, decideOn, decideMany, takeStep, goTo, getView } = session
  return {
    ...session,
    decide: (...decision) => {
      const id = getView().candidate?.id
      withReviewerName(client, () => {
        if (id !== undefined && getView().candidate?.id !== id) goTo(id)
        decide(...decision)
      })
    },
    decideOn: (...decision) => withReviewerName(client, () => decideOn(...decision)),
    decideMany: (...step) => withReviewerName(client, () => decideMany(...step)),
    takeStep: (...step) => new Promise((resolve) => withReviewerName(client, () => resolve(takeStep(...step)))),
  }
}
