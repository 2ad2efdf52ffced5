import { protocol } from 'electron'
import fs from 'node:fs'
import path from 'node:path'
import { builtFile } from './builtFile'
import { pageScheme } from './schemes'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** Serves the window's own built files, and nothing beside them. */
export function handlePageProtocol(): void {
  const folder = builtFile('renderer')
  const known = new Set(fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `/${name.split(path.sep).join('/')}`))
  protocol.handle(pageScheme.scheme, async ({ url }) => {
    const { host, pathname } = new URL(url)
    const type = types[path.extname(pathname)]
    if (host !== 'exemplar' || !type || !known.has(pathname)) return new Response('not found', { status: 404 })
    const bytes = await fs.promises.readFile(path.join(folder, pathname))
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': type, 'x-content-type-options': 'nosniff' } })
  })
}
