import { app } from 'electron'
import path from 'node:path'

/** A file of the build, wherever the bundler put the code that asks for it. */
export const builtFile = (name: string): string => path.join(app.getAppPath(), 'out', name)
