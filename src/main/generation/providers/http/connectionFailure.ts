import tls from 'node:tls'
import { messageOf } from '../../../../shared/problem'
import { message, type Message } from '../../../../shared/messages/message'
import { CallFailure } from '../../run/callFailure'
import type { Proxy } from './proxy'

interface Asked {
  readonly url: URL
  readonly proxy: Proxy | null
  /** Whether the response headers were received. */
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

/** Converts a connection error to a call failure, by the codes of Node, OpenSSL and undici. */
export async function connectionFailure(thrown: unknown, { url, proxy, answered }: Asked): Promise<CallFailure> {
  const { code, message: words } = rootCause(thrown)
  const reason = code === '' || code === 'UND_ERR_SOCKET' ? words : code
  const certificate = certificateFault(code, url)
  if (certificate) return new CallFailure('untrusted-certificate', certificate)
  const throughProxy = proxy && proxyFailure(proxy, code, words, answered)
  if (throughProxy) return throughProxy
  if (notTls.test(`${code} ${words}`)) return new CallFailure('wrong-protocol', message('provider.serverSpeaksHttp', { url: url.origin }))
  if (words === 'bad port') return new CallFailure('wrong-address', message('provider.portBlocked', { port: url.port }), { final: true })
  if (unreachable.has(code)) return new CallFailure('server-down', message('provider.serverCannotBeReached', { reason }))
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return new CallFailure('too-large', message('provider.answerHeadTooLong'))
  if (/^(Z_|ERR__ERROR|ERR_BROTLI|ZSTD_|ERR_ZSTD)|content-encodings/.test(reason))
    return new CallFailure('server-error', message('provider.answerNotDecompressed', { reason }))
  if (!answered && url.protocol === 'http:' && !proxy && (await speaksTls(url)))
    return new CallFailure('wrong-protocol', message('provider.serverSpeaksHttps', { url: url.origin }))
  if (code.startsWith('HPE_') || /HTTP\/1\.1 protocol/.test(words))
    return new CallFailure('server-error', message('provider.notWebServer', { url: url.origin, reason }))
  if (/TIMEOUT/.test(code)) return new CallFailure('timeout', message('provider.answerTooSlow', { reason }))
  return answered
    ? new CallFailure('server-error', message('provider.connectionClosedMidway', { reason }))
    : new CallFailure('server-error', message('provider.connectionClosed', { reason }))
}

function certificateFault(code: string, { host }: URL): Message | null {
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return message('provider.certificateSelfSigned', { host, code })
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_UNTRUSTED':
      return message('provider.certificateIssuerUnknown', { host, code })
    case 'CERT_HAS_EXPIRED':
      return message('provider.certificateExpired', { host, code })
    case 'CERT_NOT_YET_VALID':
      return message('provider.certificateNotYetValid', { host, code })
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return message('provider.certificateOfAnotherHost', { host, code })
    default:
      return /CERT|^UNABLE_TO_|^CRL_|^INVALID_(CA|PURPOSE)/.test(code) ? message('provider.certificateNotTrusted', { host, code }) : null
  }
}

/** Returns the failure for an error of the proxy, or one that it reports while creating a tunnel; null for any other error. */
function proxyFailure({ address }: Proxy, code: string, words: string, answered: boolean): CallFailure | null {
  const [, answer] = /Proxy response \((\d+)\)|\((407)\)/.exec(words) ?? []
  const status = Number(answer ?? /\((407)\)/.exec(words)?.[1])
  if (status === 407) return proxyWantsName(address)
  if (status >= 500) return new CallFailure('server-down', message('provider.proxyCannotReachServer', { address, status }), { status })
  if (status) return new CallFailure('proxy', message('provider.proxyRefuses', { address, status }), { status, final: true })
  if (answered) return null
  if (unreachable.has(code)) return new CallFailure('proxy', message('provider.proxyCannotBeReached', { address, code }))
  if (notTls.test(`${code} ${words}`) && address.startsWith('https:'))
    return new CallFailure('proxy', message('provider.proxySpeaksHttp', { address }), { final: true })
  if (code === 'UND_ERR_PRX_TLS')
    return new CallFailure('proxy', message('provider.proxyCertificateNotTrusted', { address }), { final: true })
  return /socks|proxy/i.test(words) || /^UND_ERR_SOCKET$|^ECONNRESET$|^HPE_/.test(code)
    ? new CallFailure('proxy', message('provider.proxyClosedConnection', { address, code: code || words }))
    : null
}

/** Creates the failure for status 407, which a retry cannot fix. */
export const proxyWantsName = (address: string): CallFailure =>
  new CallFailure('proxy', message('provider.proxyNeedsPassword', { address }), { status: 407, final: true })

/** Returns whether a port that closed an http connection accepts https. */
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
