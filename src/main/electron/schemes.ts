import path from 'node:path'
import { app } from 'electron'

/** Returns the path of a built file, independent of the bundled file that calls it. */
export const builtFile = (name: string): string => path.join(app.getAppPath(), 'out', name)

/** The page's own scheme. It gives the page an origin, which `'self'` needs, and lets V8 cache compiled code for the next start. */
export const pageScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, codeCache: true, supportFetchAPI: true },
} as const

export const mediaScheme = {
  scheme: 'media',
  privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true },
} as const

/** The hidden page that decodes videos; only in the video process. */
export const decoderScheme = {
  scheme: 'decoder',
  privileges: { standard: true, secure: true, supportFetchAPI: true },
} as const

export const pageUrl = 'app://exemplar/index.html'
