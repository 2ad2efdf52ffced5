import fs from 'node:fs'
import { openProject } from '../../src/main/project/project'
import { decide } from '../../src/main/store/decisions/decisions'
import { saveDraft } from '../../src/main/store/candidates/drafts'
import { verdictSchema } from '../../src/shared/domain'

// Decides and types until it is killed; says each on standard output as soon as the store has said that it is done.
const [directory = '', first = '1', last = '1'] = process.argv.slice(2)
const project = openProject(directory)
const verdicts = verdictSchema.options
/** Not by `process.stdout`: what it cannot write at once waits for the event loop, which never comes to its turn here. */
function say(line: unknown): void {
  let rest = Buffer.from(`${JSON.stringify(line)}\n`)
  while (rest.length > 0)
    try {
      rest = rest.subarray(fs.writeSync(1, rest))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
    }
}

say({ ready: true })
for (let round = 0; ; round++)
  for (let candidateId = Number(first); candidateId <= Number(last); candidateId++) {
    const typed = `round ${round}`
    saveDraft(project.db, candidateId, { instruction: typed, response: typed })
    say({ draft: candidateId, typed })
    const verdict = verdicts[(candidateId + round) % verdicts.length] ?? 'accept'
    const pair = verdict === 'edit' ? { instruction: typed, response: typed } : undefined
    const { state } = decide(project.db, { candidateId, verdict, reviewer: 'Ada', pair })
    say({ decided: candidateId, state })
  }
