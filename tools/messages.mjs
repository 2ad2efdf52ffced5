// `npm run messages`: lists the missing keys of each language, and the unused keys. The exit code is 1 if there are any.
import { isModern, restartOnModernNode } from './runtime/modernNode.mjs'
import { root } from './runtime/paths.mjs'
import { checkMessages } from './testing/messages.mjs'

if (!isModern) restartOnModernNode()
else {
  const findings = await checkMessages(root)
  for (const { language, missing, unused } of findings) {
    for (const key of missing) console.log(`${language}: missing ${key}`)
    for (const key of unused) console.log(`${language}: unused ${key}`)
  }
  const count = findings.reduce((sum, { missing, unused }) => sum + missing.length + unused.length, 0)
  if (count === 0) console.log(`${findings.map(({ language }) => language).join(', ')}: every key is there and used.`)
  process.exitCode = count > 0 ? 1 : 0
}
