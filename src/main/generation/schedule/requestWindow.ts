/** Result of one request, as far as it indicates the load that the server accepts. */
export type Ending =
  /** The server answered, successfully or not. */
  | 'answered'
  /** The request failed and may succeed later. */
  | 'failed'
  /** The server asked to wait. */
  | 'limited'

interface RequestWindow {
  /** Returns whether another request may be sent now. @param now milliseconds, monotonically increasing */
  isOpen(now: number): boolean
  /** Returns when the window opens by itself; null if it is not closed, or only opens when a request ends. */
  opensAt(): number | null
  /** Registers a request. @returns its ticket for `end` */
  begin(): Ticket
  /** Unregisters a request. @param due when the request may be sent again, if it failed */
  end(ticket: Ticket, ending: Ending, due: number): void
  readonly inFlight: () => number
}

interface Ticket {
  /** Number of requests in flight when this one was sent, including itself. */
  readonly level: number
  /** Whether it is the only request in flight and tests a server that refused all others. */
  readonly isProbe: boolean
}

/** Number of failures in a row, without an answer in between, that indicates a fault of the server. */
const suspicious = 3
const maxCredit = 64

/**
 * Creates the window that limits the number of requests in flight: the allowed maximum, if the server accepts it.
 *
 * A refusal (429) lowers the limit to the number still in flight, which is what the server had accepted. Answers raise it again one at a
 * time, more slowly each time that raising it caused a refusal (additive increase with a growing distance between tries). Single refusals
 * among answers therefore cost nothing, while a server with room for eight gets eight.
 *
 * Failures in a row without any answer close the window until a request in flight is answered. If none is in flight, the server refuses
 * everything: it then gets one probe at a time, each sent when the last failed request may be retried. After an answer, the limit doubles
 * with every round of answers.
 */
export function createRequestWindow(most: number): RequestWindow {
  let limit = most
  let inFlight = 0
  let failures = 0
  let closedUntil = -Infinity
  /** Number of requests in flight at the last refusal. */
  let refusedAt = Infinity
  /** Number of answers required before the limit rises, and received so far. */
  let need = 1
  let credit = 0

  const isSuspicious = () => failures >= suspicious
  const raise = (level: number) => {
    if (level >= refusedAt) {
      refusedAt = Infinity // the server accepted as many before, so their number was not the cause
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
