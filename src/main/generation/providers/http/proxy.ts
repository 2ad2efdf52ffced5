import { BlockList, isIP } from 'node:net'
import { message, type Text } from '../../../../shared/messages/message'
import { CallFailure } from '../../run/callFailure'

export interface Proxy {
  /** Address without name and password. */
  readonly address: string
  /** Value of `proxy-authorization`, if the proxy's address contains a name. */
  readonly authorization: string | null
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Returns the system's proxies for a URL in the format of a proxy script: `PROXY host:port; DIRECT`. */
export type ResolveProxy = (url: string) => Promise<string>

let resolveOfSystem: ResolveProxy | undefined

/** Sets the system's proxy resolver, used if the environment names no proxy; called by the window. */
export function followSystemProxy(resolve: ResolveProxy | undefined): void {
  resolveOfSystem = resolve
}

/**
 * Returns the proxy for an address, or null for none. Like curl, it reads `http_proxy` or `https_proxy`, else `all_proxy`, each in lower or
 * upper case, unless `no_proxy` contains the host; this includes addresses of this machine. Without a variable, the system settings apply.
 * @throws CallFailure proxy
 */
export async function findProxy(url: URL, environment: Environment = process.env): Promise<Proxy | null> {
  const names = [`${url.protocol.slice(0, -1)}_proxy`, 'all_proxy'].flatMap((name) => [name, name.toUpperCase()])
  const name = names.find((each) => environment[each] !== undefined)
  if (isExcepted(url, environment['no_proxy'] ?? environment['NO_PROXY'] ?? '')) return null
  const value = name === undefined ? undefined : environment[name]?.trim()
  if (name !== undefined && value !== undefined) return value === '' ? null : toProxy(value, name)
  const listed = await resolveOfSystem?.(url.href).catch(() => undefined)
  const chosen = listed === undefined ? null : firstOf(listed)
  return chosen === null ? null : toProxy(chosen, message('provider.systemSettings'))
}

function toProxy(value: string, source: Text): Proxy {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`)
  const protocol = url?.protocol.replace(/^socks5h:$/, 'socks5:') ?? ''
  if (!url?.hostname || !['http:', 'https:', 'socks5:', 'socks:'].includes(protocol))
    throw new CallFailure('proxy', message('provider.proxyAddressInvalid', { source }), { final: true })
  const name = decode(url.username)
  return {
    address: `${protocol}//${url.host}`,
    authorization: name === '' ? null : `Basic ${Buffer.from(`${name}:${decode(url.password)}`).toString('base64')}`,
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Returns the first usable entry of a proxy script's result; null for none. */
function firstOf(listed: string): string | null {
  const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https', SOCKS: 'socks5', SOCKS5: 'socks5' }
  for (const entry of listed.split(';')) {
    const [kind = '', host] = entry.trim().split(/\s+/)
    if (kind.toUpperCase() === 'DIRECT') return null
    const scheme = schemes[kind.toUpperCase()]
    if (scheme && host) return `${scheme}://${host}`
  }
  return null
}

/**
 * Returns whether a list contains the host of an address. Entries are hosts, domains including subdomains, `host:port`, networks
 * (`10.0.0.0/8`), `*` and, as on Windows, `127.*`, `*example.org` and `<local>`.
 */
function isExcepted(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return list.split(/[\s,;]+/).some((given) => {
    const entry = given.trim().toLowerCase()
    if (entry === '*') return true
    if (entry === '<local>') return isIP(host) === 0 && !host.includes('.')
    if (entry.includes('/')) return isInNetwork(host, entry)
    if (entry.replace(/^\*\./, '').includes('*')) return isLike(host, entry)
    const [, inBrackets, plain, wantedPort] = /^(?:\[(.*)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? []
    const wanted = (inBrackets ?? plain ?? '').replace(/^\*?\.|\.$/g, '')
    if (wanted === '' || (wantedPort !== undefined && wantedPort !== port)) return false
    return host === wanted || (isIP(host) === 0 && host.endsWith(`.${wanted}`))
  })
}

/** Returns whether a host matches a pattern; `*` matches any characters. */
function isLike(host: string, pattern: string): boolean {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[^a-z0-9-]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.*')}$`).test(host)
}

function isInNetwork(host: string, entry: string): boolean {
  const [network = '', bits = ''] = entry.replace(/[[\]]/g, '').split('/')
  const family = isIP(network)
  if (family === 0 || isIP(host) !== family || !/^\d+$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  list.addSubnet(network, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6')
}
