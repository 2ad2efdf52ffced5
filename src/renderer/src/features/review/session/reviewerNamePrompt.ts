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

/** The action that waits for the reviewer's name, or null. The name is requested once, at the first decision. */
export const namePrompt = createStore<{ readonly decide: (() => void) | null }>('project', { decide: null })

/** Decides immediately, or asks for the reviewer's name first if none is set. The sample project never asks for a name. */
export function withReviewerName(client: QueryClient, decide: () => void): void {
  const project = client.getQueryData<ProjectInfo | null>(callKey('project.current', {}))
  if (client.getQueryData<AppSettings>(key)?.reviewerNamed !== false || isSampleProject(project?.path ?? '')) return decide()
  const { decide: earlier } = namePrompt.get()
  namePrompt.set({ decide: () => (earlier?.(), decide()) })
}

/** Runs the action that waited for the name. */
export function runPendingDecision(): void {
  const { decide } = namePrompt.get()
  namePrompt.reset()
  decide?.()
}

/** Stores the reviewer's name and runs the pending action. @throws Problem if the name could not be stored; the prompt then stays open */
export async function saveReviewerName(client: QueryClient, reviewer: string): Promise<void> {
  client.setQueryData<AppSettings>(key, await countWrite(call('app.saveSettings', { reviewer })))
  runPendingDecision()
}

/** Wraps a session so that decisions wait for the reviewer's name. A decision applies to the pair that was current when it was made. */
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
