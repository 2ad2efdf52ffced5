import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../../tools/runtime/paths.mjs'
import { mutants } from '../../../tools/testing/mutants.mjs'

const changes = mutants.map(([name, file, before, after]) => ({ name, file, before, after }))

test.each(changes)('the safety measure “$name” is in the code that its mutant changes', ({ file, before, after }) => {
  const code = fs.readFileSync(path.join(root, file), 'utf8')
  expect(code).toContain(before)
  expect(code.replace(before, () => after)).not.toBe(code)
})
