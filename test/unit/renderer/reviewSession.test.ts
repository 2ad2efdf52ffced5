import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReviewSession, type ReviewSession } from '../../../src/renderer/src/features/review/session/reviewSession'
import { reviewServer } from '../../support/reviewServer'

const PAIRS = 14
const pending = { states: ['pending' as const] }
const all = {}
const order = { kind: 'import', seed: 1 } as const

type Server = ReturnType<typeof reviewServer>
interface Command {
  readonly run: (session: ReviewSession, server: Server) => void
  readonly [fc.toStringMethod]: () => string
}

const named = (name: string, run: Command['run']): Command => ({ run, [fc.toStringMethod]: () => name })
const onScreen = (session: ReviewSession, act: (candidate: NonNullable<ReturnType<ReviewSession['getView']>['candidate']>) => void) => {
  const { candidate } = session.getView()
  if (candidate) act(candidate)
}

const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('accept', 'reject', 'ignore').map((verdict) => named(verdict, (session) => session.decide({ verdict }))),
  },
  fc.constant(
    named('edit', (session) =>
      onScreen(session, ({ instruction, response }) =>
        session.decide({ verdict: 'edit', pair: { instruction, response: `${response} More.` } }),
      ),
    ),
  ),
  fc.constant(named('accept and pin', (session) => session.decide({ verdict: 'accept' }, true))),
  fc.boolean().map((is) => named(`pin ${is}`, (session) => onScreen(session, (candidate) => session.pin(candidate, is)))),
  { weight: 2, arbitrary: fc.constant(named('undo', (session) => session.undo())) },
  fc.constant(named('redo', (session) => session.redo())),
  fc.constantFrom(-2, -1, 1, 3).map((places) => named(`move ${places}`, (session) => session.move(places))),
  fc.constantFrom(-1, 1).map((places) => named(`move in item ${places}`, (session) => session.moveInItem(places === 1 ? 1 : -1))),
  fc.constant(named('skip', (session) => session.skip())),
  fc.boolean().map((is) => named(`whole item ${is}`, (session) => session.setWholeItem(is))),
  fc.boolean().map((is) => named(`typing ${is}`, (session) => session.setTyping(is))),
  fc.constantFrom(pending, all).map((filter) => named(`show ${JSON.stringify(filter)}`, (session) => session.show(filter, order))),
  fc.constant(named('refresh', (session) => session.refresh())),
  fc
    .constantFrom('accept' as const, 'reject' as const)
    .map((verdict) =>
      named(`${verdict} the item`, (session) =>
        onScreen(session, ({ itemId }) => void session.takeStep({ name: 'item.decide', input: { itemId, verdict } }, true)),
      ),
    ),
  fc.tuple(fc.integer({ min: 1, max: PAIRS }), fc.constantFrom('accept' as const, 'reject' as const)).map(([id, verdict]) =>
    named(`somebody else: ${verdict} ${id}`, (session, server) => {
      server.decideElsewhere(id, verdict)
      session.refresh({ changed: true })
    }),
  ),
  fc.integer({ min: 1, max: PAIRS }).map((id) => named(`go to ${id}`, (session) => session.goTo(id))),
)

/** What the screen shows of each pair, and how many there are of each state. */
function shown(session: ReviewSession) {
  const { candidate, upcoming, pairs, counts, isBusy, status } = session.getView()
  const each = [candidate, ...upcoming, ...(pairs ?? [])].flatMap((one) => one ?? [])
  return {
    isBusy,
    isLoading: status === 'loading',
    counts,
    pairs: Object.fromEntries(each.map((one) => [one.id, describePair(one)])),
  }
}
const describePair = ({ state, response, pinned }: ReturnType<Server['find']>) => `${state} ${pinned ? 'pinned' : ''} ${response}`

describe('the review session', () => {
  it('shows what the store holds after any sequence of events, with answers in any order, failures among them', async () => {
    const steps = fc.array(fc.tuple(commands, fc.nat({ max: 4 })), { minLength: 1, maxLength: 14 })
    const failures = fc.array(
      fc.nat({ max: 5 }).map((chance) => chance === 0),
      { maxLength: 60 },
    )
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, failures, async (scheduler, taken, failing) => {
        let canFail = true
        let calls = 0
        const hasFailed = { read: false }
        const server = reviewServer(PAIRS, scheduler, (name) => {
          const fails = canFail && (failing[calls++] ?? false)
          if (fails && name.startsWith('candidate.')) hasFailed.read = true
          return fails
        })
        const session = createReviewSession({ call: server.call, now: () => 0 })
        session.show(pending, order)
        const settle = async () => {
          do {
            await scheduler.waitIdle()
            await new Promise((resolve) => setImmediate(resolve))
          } while (scheduler.count() > 0)
        }
        for (const [{ run }, answered] of taken) {
          run(session, server)
          for (let count = 0; count < answered && scheduler.count() > 0; count++) await scheduler.waitNext(1)
        }
        await settle()
        // What could not be read is read again when the reviewer asks for it.
        canFail = false
        if (hasFailed.read) {
          session.retry()
          session.refresh({ changed: true })
          await settle()
        }
        const screen = shown(session)
        const ids = Object.keys(screen.pairs).map(Number)
        expect(screen).toEqual({
          isBusy: false,
          isLoading: false,
          counts: server.counts(),
          pairs: Object.fromEntries(ids.map((id) => [id, describePair(server.find(id))])),
        })
      }),
      { numRuns: 500 },
    )
  })
})
