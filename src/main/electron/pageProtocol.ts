import { protocol } from 'electron'
import fs from 'node:fs'
import path from 'node:path'
import { builtFile, pageScheme } from './schemes'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

const plain = { 'x-content-type-options': 'nosniff' }
/** The page contains its own content security policy; a worker script needs the policy in its response. */
const headersOfScripts = { ...plain, 'content-security-policy': "default-src 'none'; webrtc 'block'" }

const notFound = -6 // net::ERR_FILE_NOT_FOUND

/** Serves only the window's own built files. */
export function servePage(): void {
  const folder = builtFile('renderer')
  const known = new Set(fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `/${name.split(path.sep).join('/')}`))
  // `protocol.handle` would load Node's whole fetch before the page (docs/adr/0006).
  protocol.registerFileProtocol(pageScheme.scheme, ({ url }, answer) => {
    const { host, pathname } = new URL(url)
    const mimeType = types[path.extname(pathname)]
    if (host !== 'exemplar' || !mimeType || !known.has(pathname)) return answer({ error: notFound })
    answer({ path: path.join(folder, pathname), mimeType, charset: 'utf-8', headers: pathname.endsWith('.js') ? headersOfScripts : plain })
  })
}
