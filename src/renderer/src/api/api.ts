import {
  answerSchema,
  contract,
  events,
  type Bridge,
  type CallInput,
  type CallName,
  type CallOutput,
  type EventName,
  type EventPayload,
} from '../../../shared/contract'
import { Problem } from '../../../shared/problem'

declare global {
  interface Window {
    exemplar: Bridge
  }
}

/**
 * Sends a call to the main process and returns its validated answer.
 * @throws Problem as reported by the main process
 */
export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = answerSchema.parse(await window.exemplar.call(name, input))
  if (!answer.ok) throw Problem.fromData(answer.problem)
  return contract[name].output.parse(answer.value) as CallOutput<N>
}

/** Passes dropped files to the main process. @returns their paths, which later calls may refer to */
export async function dropFiles(files: readonly File[]): Promise<string[]> {
  const answer = answerSchema.parse(await window.exemplar.drop(files))
  if (!answer.ok) throw Problem.fromData(answer.problem)
  return contract['import.drop'].output.parse(answer.value)
}

/** Subscribes to an event of the main process. @returns a function that unsubscribes */
export function on<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void {
  return window.exemplar.on(event, (payload) => listener(events[event].parse(payload) as EventPayload<N>))
}
