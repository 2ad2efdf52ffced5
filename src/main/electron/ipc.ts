import type { IpcMainInvokeEvent, WebContents } from 'electron'
import { contract, events, type Answer, type CallName, type EventName, type EventPayload } from '../../shared/contract'
import { Problem, toProblem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import type { Handlers } from '../calls/visibility'

const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(contract, name)

async function answer(handlers: Handlers, name: unknown, input: unknown): Promise<unknown> {
  if (!isCallName(name)) throw new Problem('wrong-use', message('app.unknownCall'), message('app.restartExemplar'))
  const parsed = contract[name].input.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.') || name
    throw new Problem('wrong-use', message('common.labelled', { label: where, text: issue?.message ?? '' }), message('app.correctAndRetry'))
  }
  const handler = handlers[name] as (input: unknown) => unknown
  return await handler(parsed.data)
}

export type AnswerCall = (event: IpcMainInvokeEvent, name: unknown, input: unknown) => Promise<Answer>

/**
 * Creates the handler of all calls from the window: checks the sender, parses the input, calls the handler, and returns an answer or a
 * problem.
 */
export function createAnswerer(handlers: Handlers, isOwnPage: (url: string) => boolean): AnswerCall {
  return async (event, name, input) => {
    try {
      const frame = event.senderFrame
      if (!frame || frame.parent !== null || !isOwnPage(frame.url))
        throw new Problem('wrong-use', message('app.pageNotAllowed'), message('app.close'))
      return { ok: true, value: (await answer(handlers, name, input)) ?? null }
    } catch (error) {
      const problem = toProblem(error)
      if (problem.code === 'internal') console.error(`${String(name)}:`, error)
      return { ok: false, problem: problem.toData() }
    }
  }
}

/** Sends an event to the window; a payload that does not match its schema is an error of this process. */
export function sendEvent<N extends EventName>(contents: WebContents, event: N, payload: EventPayload<N>): void {
  if (!contents.isDestroyed()) contents.send(`exemplar:${event}`, events[event].parse(payload))
}
