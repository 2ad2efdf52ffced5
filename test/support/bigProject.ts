import fs from 'node:fs'
import path from 'node:path'
import { storeMedia } from '../../src/main/media/storeMedia'
import { createProject, type Project } from '../../src/main/project/project'
import type { WritableDb } from '../../src/main/store/sql/types'
import { saveItem } from './saveItem'
import { saveMedia } from '../../src/main/store/library/media'
import { currentPromptVersion } from '../../src/main/store/project/prompts'
import { createRun, endRun } from '../../src/main/store/runs/runs'
import { prepare } from '../../src/main/store/sql/statement'
import { numberSchema } from '../../src/main/store/sql/stored'
import { write } from '../../src/main/store/sql/transaction'
import { defaultGenerationSettings, defaultProviderSettings } from '../../src/shared/domain'
import { loadInBulk } from './bulkLoad'

const images = ['astronaut.jpg', 'cat.jpg', 'coffee.jpg', 'rocket.jpg', 'motorcycle.jpg', 'palace.jpg']
const subjects = [
  'the rocket',
  'the cat on the sofa',
  'the cup of coffee',
  'the rider',
  'the palace gate',
  'the woman in the suit',
  'the lamp',
]
const questions = [
  'What would change if',
  'Why might someone photograph',
  'How would you describe',
  'What does the light say about',
  'Who could use',
]
const answers = [
  'It stands in the middle of the image, lit from the left, so the eye goes there first.',
  'The shadows are long and soft, which points to the early morning or the late afternoon.',
  'It looks worn at the edges but well kept, as things are that somebody uses every day.',
  'Everything around it is out of focus; the photographer wanted us to look at nothing else.',
]
const pick = (list: readonly string[], index: number) => list[index % list.length] ?? ''

async function addImages(project: Project): Promise<readonly number[]> {
  const folder = path.resolve('resources/sample/media')
  const stored = await Promise.all(images.map((name) => storeMedia(path.join(folder, name), project.directory)))
  return write(project.db, () => stored.map((media) => saveMedia(project.db, media).id))
}

function addItems(db: WritableDb, count: number, mediaIds: readonly number[]): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const context = {
      captions: [`An image of ${pick(subjects, index)}.`, `Somebody looks at ${pick(subjects, index + 3)}.`],
      boxes: [{ label: pick(subjects, index), x: 40, y: 30, width: 160, height: 120, media: 0 }],
    }
    return saveItem(db, { sourceId: `item-${index + 1}`, context, mediaIds: [mediaIds[index % mediaIds.length] ?? 1] }).id
  })
}

const arrayOf = (texts: readonly string[]) => JSON.stringify(texts)

/** One succeeded call an item, with its candidates, all pending; written by SQLite itself, since a million rows through JavaScript take minutes. */
export function addCandidates(db: WritableDb, runId: number, itemIds: readonly number[], count: number): void {
  const now = Date.now()
  prepare(
    db,
    `INSERT INTO call (run_id, item_id, attempt, state, messages, reply, prompt_tokens, completion_tokens, started_at, finished_at)
     SELECT ?, value, 1, 'succeeded', '[]', '', 500, 200, ?, ? FROM json_each(?) ORDER BY key`,
  ).run(runId, now, now, JSON.stringify(itemIds))
  const firstCall = numberSchema.parse(prepare(db, `SELECT min(id) FROM call WHERE run_id = ?`).pluck().get(runId))
  const firstId = numberSchema.parse(prepare(db, `SELECT coalesce(max(id), 0) + 1 FROM candidate`).pluck().get())
  const placed = `WITH RECURSIVE made (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM made WHERE n + 1 < $count),
    placed AS (SELECT n, CAST(n * $items / $count AS INTEGER) AS place FROM made)`
  loadInBulk(db, () => {
    prepare(
      db,
      `${placed} INSERT INTO candidate (id, item_id, run_id, call_id, created_at)
       SELECT $firstId + n, call.item_id, $run, call.id, $now FROM placed JOIN call ON call.id = $firstCall + place`,
    ).run({ count, firstId, items: itemIds.length, run: runId, firstCall, now })
    prepare(
      db,
      `${placed} INSERT INTO pair (candidate_id, instruction, response)
       SELECT $firstId + n,
         ($questions ->> CAST(n % $questionCount AS INTEGER)) || ' ' || ($subjects ->> CAST((n + place) % $subjectCount AS INTEGER)) || ', as number ' || (n + 1) || ' of this set asks?',
         ($answers ->> CAST(n % $answerCount AS INTEGER)) || ' ' || ($answers ->> CAST((n + 1) % $answerCount AS INTEGER))
       FROM placed`,
    ).run({
      ...{ count, items: itemIds.length, firstId },
      ...{ questions: arrayOf(questions), subjects: arrayOf(subjects), answers: arrayOf(answers) },
      ...{ questionCount: questions.length, subjectCount: subjects.length, answerCount: answers.length },
    })
  })
  prepare(db, `UPDATE run SET done = ?, candidates = ?, prompt_tokens = ?, completion_tokens = ? WHERE id = ?`).run(
    itemIds.length,
    count,
    itemIds.length * 500,
    itemIds.length * 200,
    runId,
  )
}

/**
 * Makes a project of any size: `items` items over a few real images, `candidates` pending candidates spread evenly over them, none
 * and no run where it is 0.
 * Run it with the project's root as working directory.
 * @param directory ends in `.exemplar` and does not exist yet
 * @returns the open project
 */
export async function makeBigProject(directory: string, size: { items: number; candidates: number }): Promise<Project> {
  fs.mkdirSync(path.dirname(directory), { recursive: true })
  const project = createProject(directory, 'la')
  const { db } = project
  const mediaIds = await addImages(project)
  const itemIds = write(db, () => addItems(db, size.items, mediaIds))
  if (size.candidates > 0) {
    const settings = { provider: defaultProviderSettings, generation: defaultGenerationSettings }
    const run = createRun(db, { promptVersionId: currentPromptVersion(db).id, settings, itemIds })
    write(db, () => addCandidates(db, run.id, itemIds, size.candidates))
    endRun(db, run.id, 'finished')
  }
  db.pragma('optimize')
  db.pragma('wal_checkpoint(TRUNCATE)')
  return project
}
