import tls from 'node:tls'
import { messageOf } from '../../../../shared/problem'
import { say, type Said } from '../../../../shared/say'
import { CallFailure } from '../../run/callFailure'
import type { Proxy } from './proxy'

interface Asked {
  readonly url: URL
  readonly proxy: Proxy | null
  /** whether the head of an answer has come */
  readonly answered: boolean
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ECONNABORTED',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
])
const notTls = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|SSL_HTTP_REQUEST|UNKNOWN_PROTOCOL|RECORD_TOO_LONG/

/** Turns what a connection threw into the failure of the call, by the codes of Node, OpenSSL and undici. */
export async function connectionFailure(thrown: unknown, { url, proxy, answered }: Asked): Promise<CallFailure> {
  const { code, message } = rootCause(thrown)
  const reason = code === '' || code === 'UND_ERR_SOCKET' ? message : code
  const certificate = certificateFault(code, url)
  if (certificate) return new CallFailure('untrusted-certificate', certificate)
  const throughProxy = proxy && proxyFailure(proxy, code, message, answered)
  if (throughProxy) return throughProxy
  if (notTls.test(`${code} ${message}`))
    return new CallFailure('wrong-protocol', say`The server at ${url.origin} speaks http, but the address begins with https.`)
  if (unreachable.has(code)) return new CallFailure('server-down', say`The server cannot be reached (${reason}).`)
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return new CallFailure('too-large', say`The head of the server's answer is too long and was given up.`)
  if (/^(Z_|ERR__ERROR|ERR_BROTLI|ZSTD_|ERR_ZSTD)|content-encodings/.test(reason))
    return new CallFailure('server-error', say`The server's answer cannot be decompressed (${reason}).`)
  if (!answered && url.protocol === 'http:' && !proxy && (await speaksTls(url)))
    return new CallFailure('wrong-protocol', say`The server at ${url.origin} speaks https, but the address begins with http.`)
  if (code.startsWith('HPE_') || /HTTP\/1\.1 protocol/.test(message))
    return new CallFailure('server-error', say`The server at ${url.origin} does not answer as a web server does (${reason}).`)
  if (/TIMEOUT/.test(code)) return new CallFailure('timeout', say`The server took too long to answer (${reason}).`)
  return answered
    ? new CallFailure('server-error', say`The server closed the connection in the middle of its answer (${reason}).`)
    : new CallFailure('server-error', say`The server closed the connection (${reason}).`)
}

function certificateFault(code: string, { host }: URL): Said | null {
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return say`The certificate of ${host} is not trusted: it is self-signed (${code}).`
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_UNTRUSTED':
      return say`The certificate of ${host} is not trusted: its issuer is unknown here (${code}).`
    case 'CERT_HAS_EXPIRED':
      return say`The certificate of ${host} is not trusted: it has expired (${code}).`
    case 'CERT_NOT_YET_VALID':
      return say`The certificate of ${host} is not trusted: it is not valid yet, or the clock here is wrong (${code}).`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return say`The certificate of ${host} is not trusted: it is for another host (${code}).`
    default:
      return /CERT|^UNABLE_TO_|^CRL_|^INVALID_(CA|PURPOSE)/.test(code) ? say`The certificate of ${host} is not trusted (${code}).` : null
  }
}

/** What is the proxy's fault, or told by it while a tunnel is made; null for anything else. */
function proxyFailure({ address }: Proxy, code: string, message: string, answered: boolean): CallFailure | null {
  const [, answer] = /Proxy response \((\d+)\)|\((407)\)/.exec(message) ?? []
  const status = Number(answer ?? /\((407)\)/.exec(message)?.[1])
  if (status === 407) return proxyWantsName(address)
  if (status >= 500) return new CallFailure('server-down', say`The proxy ${address} cannot reach the server (${status}).`, { status })
  if (status)
    return new CallFailure('proxy', say`The proxy ${address} does not let the request through (${status}).`, { status, final: true })
  if (answered) return null
  if (unreachable.has(code)) return new CallFailure('proxy', say`The proxy ${address} cannot be reached (${code}).`)
  if (notTls.test(`${code} ${message}`) && address.startsWith('https:'))
    return new CallFailure('proxy', say`The proxy ${address} speaks http, but its address begins with https.`, { final: true })
  if (code === 'UND_ERR_PRX_TLS')
    return new CallFailure('proxy', say`The certificate of the proxy ${address} is not trusted.`, { final: true })
  return /socks|proxy/i.test(message) || /^UND_ERR_SOCKET$|^ECONNRESET$|^HPE_/.test(code)
    ? new CallFailure('proxy', say`The proxy ${address} broke the connection off (${code || message}).`)
    : null
}

/** 407: asking again cannot help. */
export const proxyWantsName = (address: string): CallFailure =>
  new CallFailure('proxy', say`The proxy ${address} asks for a name and a password (407).`, { status: 407, final: true })

/** Whether the port that closed a connection of http takes one of https. */
function speaksTls({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = tls.connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80), rejectUnauthorized: false })
    const end = (speaks: boolean) => {
      socket.destroy()
      resolve(speaks)
    }
    socket.once('secureConnect', () => end(true)).once('error', () => end(false))
    socket.setTimeout(1_500, () => end(false))
  })
}

function rootCause(error: unknown): { code: string; message: string } {
  let deepest = error
  for (let depth = 0; depth < 8; depth++) {
    const next = deepest instanceof AggregateError ? deepest.errors[0] : deepest instanceof Error ? deepest.cause : undefined
    if (next === undefined) break
    deepest = next
  }
  const code = deepest instanceof Error && 'code' in deepest && typeof deepest.code === 'string' ? deepest.code : ''
  return { code, message: messageOf(deepest) }
}
