import { openProject } from '../../src/main/project/project'
import { decide } from '../../src/main/store/decisions'
import { saveDraft } from '../../src/main/store/drafts'
import { verdictSchema } from '../../src/shared/domain'

// Decides and types until it is killed; says each on standard output as soon as the store has said that it is done.
const [directory = '', first = '1', last = '1'] = process.argv.slice(2)
const project = openProject(directory)
const verdicts = verdictSchema.options
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

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
