/** How one request ended, as far as it tells what the server takes. */
export type Ending =
  /** the server answered, well or badly */
  | 'answered'
  /** it failed and may pass later */
  | 'failed'
  /** the server asked to wait */
  | 'limited'

interface RequestWindow {
  /** whether another request may be sent now. @param now milliseconds, rising */
  isOpen(now: number): boolean
  /** when it opens by itself; null where an ending opens it, or nothing holds it closed */
  opensAt(): number | null
  /** counts a request in. @returns its ticket for `end` */
  begin(): Ticket
  /** @param due when the request may be sent again, where it failed */
  end(ticket: Ticket, ending: Ending, due: number): void
  readonly inFlight: () => number
}

interface Ticket {
  /** requests in flight, itself included, when it was sent */
  readonly level: number
  /** the only one in flight, to see whether a server that refused all others takes one */
  readonly isProbe: boolean
}

/** Failures in a row, without an answer among them, that are no accident of single items. */
const suspicious = 3
const maxCredit = 64

/**
 * Decides how many requests may be in flight: as many as are allowed, as long as the server takes them.
 *
 * A refusal (429) lowers the number to what is still in flight, since that is what the server had taken; answers raise it again by one at
 * a time, ever more slowly where raising it was what brought the refusal (additive increase with a growing distance between tries). Single
 * refusals among answers so cost nothing, while a server with room for eight gets eight.
 *
 * Failures in a row without any answer close the window until something in flight is answered. Where nothing is, the server refuses all:
 * then it is asked by one probe at a time, each when the last failed request may be sent again, and after an answer by twice as many each
 * time.
 */
export function createRequestWindow(most: number): RequestWindow {
  let limit = most
  let inFlight = 0
  let failures = 0
  let closedUntil = -Infinity
  /** the level of the last refusal */
  let refusedAt = Infinity
  /** answers needed until one more is tried, and those that came */
  let need = 1
  let credit = 0

  const isSuspicious = () => failures >= suspicious
  const raise = (level: number) => {
    if (level >= refusedAt) {
      refusedAt = Infinity // as many were taken: it was not their number
      need = 1
    }
    credit++
    if (credit < need) return
    credit = 0
    limit = Math.min(most, limit + 1)
  }
  return {
    inFlight: () => inFlight,
    isOpen: (now) => (isSuspicious() ? inFlight === 0 && now >= closedUntil : inFlight < limit),
    opensAt: () => (isSuspicious() && inFlight === 0 ? closedUntil : null),
    begin: () => {
      inFlight++
      return { level: inFlight, isProbe: isSuspicious() }
    },
    end: ({ level }, ending, due) => {
      inFlight--
      if (ending === 'answered') {
        failures = 0
        raise(level)
        return
      }
      failures++
      if (ending === 'limited') {
        limit = Math.max(1, Math.min(limit, inFlight))
        need = Math.min(maxCredit, need * 2)
        refusedAt = level
        credit = 0
      }
      if (!isSuspicious() || inFlight > 0) return
      closedUntil = due
      limit = 1
      need = 1
      refusedAt = Infinity
    },
  }
}
