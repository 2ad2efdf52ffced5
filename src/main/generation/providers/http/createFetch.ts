import { Agent, fetch as undiciFetch, Pool, ProxyAgent, type Dispatcher } from 'undici'
import { CallFailure } from '../../run/callFailure'
import { trustedCertificates } from './certificates'
import { connectionFailure, proxyWantsName } from './connectionFailure'
import { findProxy, type Proxy } from './proxy'
import { readAnswer } from './readAnswer'
import { ServerError } from './serverError'

/** Milliseconds after which a server that accepts no connection counts as down. */
const connectMs = 10_000

const maxRedirects = 5

/** Connection options of a request. */
export interface Route {
  /** Whether to bypass any proxy of the environment and the system. */
  readonly direct?: boolean
  /** Milliseconds after which a server that accepts no connection counts as down. */
  readonly connectMs?: number
}

/**
 * Creates a `fetch` for the client library that uses the proxy, limits the size of answers, and only returns JSON. Any other answer is
 * thrown: an error of the server as ServerError, the rest as CallFailure. Uses undici's own fetch, since its agents only work with the same
 * version.
 */
export function createFetch(maxReplyMb: number, key: string | null, route: Route = {}): typeof fetch {
  const agents = new Map<string, Dispatcher>()
  const agentFor = (url: URL, proxy: Proxy | null) => {
    const name = `${url.protocol} ${proxy?.address ?? ''}`
    const agent = agents.get(name) ?? createAgent(url, proxy, route.connectMs)
    agents.set(name, agent)
    return agent
  }
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const proxy = route.direct ? null : await findProxy(url)
    let answered = false
    const send = (to: URL) =>
      undiciFetch(to, {
        method: init.method ?? 'GET',
        headers: [...new Headers(init.headers)],
        body: typeof init.body === 'string' ? init.body : null,
        signal: init.signal ?? null,
        redirect: 'manual',
        dispatcher: agentFor(url, proxy),
      })
    try {
      let response = await send(url)
      let hops = 0
      for (; hops < maxRedirects; hops++) {
        const next = redirectWithin(url, response)
        if (!next) break
        response = await send(next)
      }
      answered = true
      if (response.status === 407 && proxy) throw proxyWantsName(proxy.address)
      const text = await readAnswer(response, { url: url.origin + url.pathname, maxReplyMb, key, isRedirected: hops === maxRedirects })
      // The text is already read; as a body it would be held twice more.
      return Object.assign(new Response(null, { headers: { 'content-type': 'application/json' } }), { text: () => Promise.resolve(text) })
    } catch (error) {
      if (error instanceof CallFailure || error instanceof ServerError) throw error
      init.signal?.throwIfAborted()
      throw await connectionFailure(error, { url, proxy, answered })
    }
  }
}

/**
 * Returns the redirect target of an answer if it is on the same server; null otherwise. Only 307 and 308 keep method and body. A redirect
 * to another server counts as an answer, since nobody agreed to send prompts and images there.
 */
function redirectWithin(url: URL, { status, headers }: { status: number; headers: { get(name: string): string | null } }): URL | null {
  const location = headers.get('location')
  if ((status !== 307 && status !== 308) || location === null || !URL.canParse(location, url)) return null
  const next = new URL(location, url)
  return next.origin === url.origin ? next : null
}

function createAgent(url: URL, proxy: Proxy | null, timeout = connectMs): Dispatcher {
  // The deadline of the call is the only time limit: the agent's own would abort slow answers.
  const patient = { headersTimeout: 0, bodyTimeout: 0 }
  const needsTls = url.protocol === 'https:' || proxy?.address.startsWith('https:')
  const connect = { timeout, ...(needsTls ? { secureContext: trustedCertificates() } : {}) }
  if (!proxy) return new Agent({ ...patient, connect })
  return new ProxyAgent({
    ...patient,
    uri: proxy.address,
    ...(proxy.authorization === null ? {} : { token: proxy.authorization }),
    proxyTunnel: url.protocol === 'https:', // as curl does it
    requestTls: connect,
    proxyTls: connect,
    factory: (origin, options) => new Pool(origin, { ...options, ...patient }),
  })
}
