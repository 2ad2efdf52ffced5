// `npm run convert-project -- <project>`: converts a project of an earlier version of Exemplar to the current schema.
import { pathToFileURL } from 'node:url'
import { freshBundle } from './freshBundle.mjs'
import { isModern, restartOnModernNode } from './runtime/modernNode.mjs'

if (isModern) {
  const sources = ['src/main', 'src/shared', 'tools/conversion']
  const bundle = freshBundle({ name: 'convert-project', entry: 'tools/conversion/main.ts', sources })
  await import(pathToFileURL(bundle).href)
} else {
  restartOnModernNode()
}
