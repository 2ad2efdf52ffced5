import BetterSqlite3 from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultGenerationSettings, defaultProviderSettings } from '../../../src/shared/domain'
import { closeProject, createProject, openProject, type Project, projectFile } from '../../../src/main/project/project'
import { decideMany } from '../../../src/main/store/decisions/bulkDecisions'
import { getCandidate, listCandidates } from '../../../src/main/store/candidates/candidates'
import { findMarkStep, turnMarks } from '../../../src/main/store/decisions/bulkMarks'
import { redo, undo } from '../../../src/main/store/decisions/decisions'
import { listDecisions } from '../../../src/main/store/decisions/decisionHistory'
import { listUnnamed } from '../../../src/main/store/candidates/languages'
import { schemaVersion } from '../../../src/main/store/schema/schema'
import { markOpen } from '../../../src/main/store/recovery/openMarks'
import { readSideVerdict } from '../../../src/main/store/quality/sideVerdicts'
import { readStats } from '../../../src/main/store/candidates/counts'
import { readTableRows } from '../../../src/main/store/candidates/tableRows'
import { convertProject } from '../../../tools/conversion/convertProject'
import { migrations } from '../../../tools/conversion/migrations'
import { temporaryDirectory } from '../../support/temporaryProject'
import { examineProject } from '../../support/inEnglish'

const reviewer = 'Ada'
const runSettings = JSON.stringify({ provider: defaultProviderSettings, generation: defaultGenerationSettings })

/** What every version could hold: two items, a run of two calls, a pending pair, an edited and a rejected one, and a draft being typed. */
const ofTheFirst = `
  INSERT INTO item (id, source_id, created_at) VALUES (1, 'boat', 1), (2, 'tree', 1);
  INSERT INTO context (item_id, body) VALUES (1, '{"captions":["A boat."]}'), (2, '{"captions":["A tree."]}');
  INSERT INTO prompt_version (id, system_message, context_template, created_at) VALUES (1, 'Ask.', '{{captions}}', 1);
  INSERT INTO run (id, prompt_version_id, provider, model, settings, state, items, done, candidates, created_at, finished_at)
    VALUES (1, 1, 'demo', 'demo', '${runSettings}', 'finished', 2, 2, 3, 1, 2);
  INSERT INTO call (id, run_id, item_id, attempt, state, messages, reply, started_at, finished_at)
    VALUES (1, 1, 1, 1, 'succeeded', '[]', '', 1, 2), (2, 1, 2, 1, 'succeeded', '[]', '', 1, 2);
  INSERT INTO candidate (id, item_id, run_id, call_id, instruction, response, created_at)
    VALUES (1, 1, 1, 1, 'Where is the boat?', 'On the sea.', 1),
           (2, 1, 1, 1, 'Which colour is it?', 'It is red.', 1),
           (7, 2, 1, 2, 'What grows there?', 'A birch.', 1);
  INSERT INTO call_exemplar (call_id, position, candidate_id) VALUES (2, 0, 2);
  INSERT INTO decision (id, candidate_id, kind, verdict, reviewer, before_state, after_state,
      before_instruction, before_response, after_instruction, after_response, decided_at)
    VALUES (1, 2, 'decide', 'edit', '${reviewer}', 'pending', 'edited', 'Which colour is it?', 'It is red.', 'Which colour is the boat?', 'It is blue.', 3);
  UPDATE candidate SET state = 'edited', decision_id = 1, instruction = 'Which colour is the boat?', response = 'It is blue.',
    draft_instruction = 'Which colour is it?', draft_response = 'It is red.', pinned_at = 4 WHERE id = 2;
  INSERT INTO decision (id, candidate_id, kind, verdict, reason, reviewer, before_state, after_state, undo_below, decided_at)
    VALUES (2, 7, 'decide', 'reject', 'wrong fact', '${reviewer}', 'pending', 'rejected', 1, 4);
  UPDATE candidate SET state = 'rejected', reason = 'wrong fact', decision_id = 2 WHERE id = 7;
`

/** Since the ninth, drafts are kept by reviewer. */
const draftOf = (version: number) =>
  version < 9
    ? `INSERT INTO draft (candidate_id, instruction, response, saved_at) VALUES (1, 'Where is the small boat?', 'On the sea.', 5)`
    : `INSERT INTO draft (candidate_id, reviewer, instruction, response, saved_at) VALUES (1, '${reviewer}', 'Where is the small boat?', 'On the sea.', 5)`

/** Since the thirteenth, texts lie beside their rows: its projects are ones of the twelfth that were brought up to date. */
const lastWithWideRows = 12

/** A project as an earlier version of Exemplar left it. */
function projectOf(version: number, more = ''): string {
  const project = createProject(path.join(temporaryDirectory(), 'old'), 'la')
  const row = project.db.prepare(`SELECT uuid, name, recipe, generation_settings, created_at FROM project`).raw().get() as unknown[]
  closeProject(project)
  const file = projectFile(project.directory)
  for (const each of [file, `${file}-wal`, `${file}-shm`]) fs.rmSync(each, { force: true })
  const db = new BetterSqlite3(file)
  db.pragma('journal_mode = WAL')
  db.pragma('foreign_keys = OFF')
  const filled = Math.min(version, lastWithWideRows)
  for (const up of migrations.slice(0, filled)) up(db)
  db.prepare(`INSERT INTO project (id, uuid, name, recipe, generation_settings, created_at) VALUES (1, ?, ?, ?, ?, ?)`).run(...row)
  db.exec(ofTheFirst)
  db.exec(draftOf(filled))
  db.exec(more)
  for (const up of migrations.slice(filled, version)) up(db)
  db.pragma(`user_version = ${version}`)
  db.close()
  return project.directory
}

async function expectWhole(project: Project): Promise<void> {
  expect(await examineProject(project)).toMatchObject({ healthy: true, findings: [] })
  expect(project.db.pragma('foreign_keys', { simple: true })).toBe(1)
  expect(project.db.pragma('foreign_key_check')).toEqual([])
}

const earlier = migrations.map((_, at) => at + 1)

/** Converts and opens an old project. */
function openConverted(directory: string): Project {
  convertProject(directory)
  return openProject(directory)
}

describe.each(earlier)('a project of schema %i with pairs in it', (version) => {
  test('is refused until it is converted, which leaves a copy and keeps every text, state, draft and place in the list', async () => {
    const directory = projectOf(version)
    const before = fs.readFileSync(projectFile(directory))
    expect(() => openProject(directory)).toThrow(
      expect.objectContaining({ code: 'older-project', remedy: expect.stringContaining(directory) }),
    )
    expect(fs.readFileSync(projectFile(directory)).equals(before)).toBe(true)
    expect(convertProject(directory)).toMatchObject({ from: version, findings: [] })
    const project = openProject(directory)
    expect(project.db.pragma('user_version', { simple: true })).toBe(schemaVersion)
    expect(fs.readdirSync(path.join(directory, 'backups'))).toEqual([expect.stringMatching(/before-conversion\.sqlite$/)])
    expect(listCandidates(project.db, {}, null, 10).candidates).toMatchObject([
      { id: 1, itemId: 1, callId: 1, state: 'pending', instruction: 'Where is the boat?', response: 'On the sea.', draft: null },
      {
        ...{ id: 2, itemId: 1, state: 'edited', instruction: 'Which colour is the boat?', response: 'It is blue.', pinned: true },
        draft: { instruction: 'Which colour is it?', response: 'It is red.' },
      },
      { id: 7, itemId: 2, callId: 2, state: 'rejected', reason: 'wrong fact', instruction: 'What grows there?', response: 'A birch.' },
    ])
    expect(project.db.prepare(`SELECT instruction FROM draft`).pluck().all()).toEqual(['Where is the small boat?'])
    expect(readStats(project.db)).toMatchObject({ pending: 1, edited: 1, rejected: 1 })
    await expectWhole(project)
    closeProject(project)
    expect(convertProject(directory)).toBeNull()
  })

  test('is searched, undone, decided on and watched for texts that change, as a new one is', async () => {
    const project = openConverted(projectOf(version))
    const found = (query: string) => listCandidates(project.db, { query }, null, 10).candidates.map(({ id }) => id)
    expect([found('blue'), found('red'), found('birch')]).toEqual([[2], [], [7]])
    expect(undo(project.db, reviewer)).toMatchObject({ id: 7, state: 'pending', reason: null })
    expect(undo(project.db, reviewer)).toMatchObject({ id: 2, state: 'pending', response: 'It is red.', draft: null })
    expect([found('blue'), found('red')]).toEqual([[], [2]])
    expect(redo(project.db, reviewer)).toMatchObject({ id: 2, state: 'edited', response: 'It is blue.' })
    expect(decideMany(project.db, { target: { filter: {} }, verdict: 'accept', reviewer })).toBe(2)
    expect([1, 2, 7].map((id) => getCandidate(project.db, id)?.state)).toEqual(['accepted', 'edited', 'accepted'])
    expect(listUnnamed(project.db, 10).map(({ id }) => id)).toEqual([1, 2, 7])
    expect(() => project.db.exec(`DELETE FROM candidate`)).toThrow(/never deleted/)
    expect(() => project.db.exec(`DELETE FROM pair`)).toThrow(/never deleted/)
    await expectWhole(project)
    closeProject(project)
  })
})

test('whose verdict stands is told again where somebody moved the turn after it', async () => {
  const project = openConverted(
    projectOf(
      12,
      `INSERT INTO quality_settings VALUES (1, 0, 1, 0, NULL, NULL, NULL, 0, 0, 1, 0);
       INSERT INTO decision (id, candidate_id, kind, verdict, reviewer, before_state, after_state, before_turn, after_turn, decided_at)
         VALUES (3, 2, 'decide', 'edit', 'Grace', 'edited', 'edited', 0, 1, 5), (4, 1, 'decide', 'reopen', 'Grace', 'pending', 'pending', 1, 0, 5);
       UPDATE candidate SET decision_id = 3 WHERE id = 2;
       UPDATE candidate SET decision_id = 4 WHERE id = 1;
       INSERT INTO second_look SELECT * FROM second_look_due WHERE candidate_id NOT IN (SELECT candidate_id FROM second_look)`,
    ),
  )
  expect(listCandidates(project.db, { look: 'second' }, null, 10, 'Grace').candidates.map(({ id }) => id)).toEqual([2])
  expect(readTableRows(project.db, [1, 2])).toMatchObject([{ reviewer: null }, { reviewer, decidedAt: 3 }])
  await expectWhole(project)
  closeProject(project)
})

test('pairs that people wrote, turns of conversations and second looks are brought along', async () => {
  const project = openConverted(
    projectOf(
      12,
      `UPDATE candidate SET kind = 'conversation', conversation = 1, turn = 2, rationale = 'It is in the caption.', pinned_reason = 'short' WHERE id = 2;
       INSERT INTO quality_settings VALUES (1, 0, 1, 0, NULL, NULL, NULL, 0, 0, 1, 0);
       INSERT INTO second_look SELECT * FROM second_look_due;
       INSERT INTO candidate (id, item_id, author, instruction, response, split_from, conversation_call_id, conversation, turn, state, reason, created_at)
         VALUES (8, 1, '${reviewer}', 'And the sail?', 'It is white.', 2, 1, 1, 3, 'pending', NULL, 6)`,
    ),
  )
  expect(getCandidate(project.db, 2)).toMatchObject({
    ...{ kind: 'conversation', conversation: 1, turn: 2, rationale: 'It is in the caption.', pinnedReason: 'short' },
  })
  expect(getCandidate(project.db, 8)).toMatchObject({
    ...{
      author: reviewer,
      runId: null,
      callId: null,
      splitFrom: 2,
      conversationCallId: 1,
      conversation: 1,
      turn: 3,
      response: 'It is white.',
    },
  })
  expect(listCandidates(project.db, { look: 'second' }, null, 10, 'Grace').candidates.map(({ id }) => id)).toEqual([2])
  undo(project.db, reviewer)
  undo(project.db, reviewer)
  expect(listCandidates(project.db, { look: 'second' }, null, 10, 'Grace').candidates).toEqual([])
  await expectWhole(project)
  closeProject(project)
})

test('reasons, steps of marks and second verdicts become rows', async () => {
  const project = openConverted(
    projectOf(
      12,
      `INSERT INTO decision (id, candidate_id, kind, verdict, reason, reviewer, before_state, after_state, before_reason, decided_at)
         VALUES (3, 7, 'decide', 'reject', 'wrong fact' || char(10) || 'other: a note: with colons', '${reviewer}', 'rejected', 'rejected', 'wrong fact', 5);
       UPDATE candidate SET reason = 'wrong fact' || char(10) || 'other: a note: with colons', decision_id = 3 WHERE id = 7;
       INSERT INTO tag (tag, candidate_id) VALUES ('sea', 1), ('sea', 2);
       INSERT INTO mark_step (reviewer, tag, added, candidate_ids, last_decision, last_side_verdict) VALUES ('${reviewer}', 'sea', 1, '[2,1]', 3, 0);
       INSERT INTO side_verdict (candidate_id, purpose, reviewer, verdict, state, reason, instruction, response, decided_at)
         VALUES (2, 'second', 'Grace', 'reject', 'rejected', 'too short', 'Which colour is the boat?', 'It is blue.', 6)`,
    ),
  )
  const found = (reason: string) => listCandidates(project.db, { reason }, null, 10).candidates.map(({ id }) => id)
  expect([found('wrong fact'), found('other'), found('a note'), found('wrong')]).toEqual([[7], [7], [], []])
  expect(getCandidate(project.db, 7)?.reason).toBe('wrong fact\nother: a note: with colons')
  expect(listDecisions(project.db, 7).map(({ reason }) => reason)).toEqual(['wrong fact', 'wrong fact\nother: a note: with colons'])
  expect(readSideVerdict(project.db, 'second', 2, 'Grace')?.reason).toBe('too short')
  const step = findMarkStep(project.db, reviewer, 'undo')
  expect(step).toMatchObject({ pairs: 2 })
  expect(turnMarks(project.db, reviewer, step?.id ?? 0)).toBe(1)
  expect(readTableRows(project.db, [1, 2]).map(({ tags }) => tags)).toEqual([[], []])
  await expectWhole(project)
  closeProject(project)
})

describe('a project that cannot be converted', () => {
  const refused = (directory: string, code: string) => {
    const before = fs.readFileSync(projectFile(directory))
    expect(() => convertProject(directory)).toThrow(expect.objectContaining({ code }))
    expect(fs.readFileSync(projectFile(directory)).equals(before)).toBe(true)
    expect(fs.readdirSync(directory).filter((name) => name.startsWith('project.sqlite'))).toEqual(['project.sqlite'])
  }
  const change = (directory: string, sql: string) => {
    const db = new BetterSqlite3(projectFile(directory))
    db.exec(sql)
    db.close()
    return directory
  }

  test('is left as it is where somebody has put a trigger into it', () =>
    refused(change(projectOf(12), `CREATE TRIGGER evil AFTER INSERT ON decision BEGIN SELECT 1; END`), 'unreadable-project'))

  test('is left as it is where a newer version made it', () => refused(change(projectOf(17), `PRAGMA user_version = 18`), 'newer-project'))

  test('is left as it is where its pages are torn', () => {
    const directory = projectOf(15)
    const bytes = fs.readFileSync(projectFile(directory))
    bytes.fill(0xa5, 8192 * 4, 8192 * 4 + 2048)
    fs.writeFileSync(projectFile(directory), bytes)
    refused(directory, 'damaged-project')
  })

  test('is left as it is while another process has it open', () => {
    const directory = projectOf(16)
    const leave = markOpen(projectFile(directory))
    expect(() => convertProject(directory)).toThrow(expect.objectContaining({ code: 'busy' }))
    leave(() => undefined)
  })
})

test('the command tells what it did, and refuses what it does not know', () => {
  const directory = projectOf(17)
  const convert = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/convertProject.mjs', ...args], { encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  expect(convert(directory)).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/^converted from schema 17; .*before-conversion\.sqlite\n$/),
  })
  expect(convert(directory)).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing was changed') })
  expect(convert()).toMatchObject({ status: 2, stderr: expect.stringContaining('usage') })
  expect(convert(`${directory}-not`)).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no project') })
})
