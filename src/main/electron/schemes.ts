import path from 'node:path'
import { app } from 'electron'

/** A file of the build, wherever the bundler put the code that asks for it. */
export const builtFile = (name: string): string => path.join(app.getAppPath(), 'out', name)

/** A scheme of our own gives the page an origin, so that `'self'` means something, and lets V8 keep what it compiled for the next start. */
export const pageScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, codeCache: true, supportFetchAPI: true },
} as const

export const mediaScheme = {
  scheme: 'media',
  privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true },
} as const

/** The hidden page that decodes videos; only in the process of videos. */
export const decoderScheme = {
  scheme: 'decoder',
  privileges: { standard: true, secure: true, supportFetchAPI: true },
} as const

export const pageUrl = 'app://exemplar/index.html'
