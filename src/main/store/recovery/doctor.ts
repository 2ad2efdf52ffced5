import { z } from 'zod'
import type { DoctorReport } from '../../../shared/domain'
import { messageOf } from '../../../shared/problem'
import { driverOf, type ReadableDb } from '../sql/types'
import { type Message, message } from '../../../shared/messages/message'
import { formsCheck, inspectForms } from './inspectForms'
import { inspectNumbers, numbersCheck } from './inspectNumbers'
import { listReplyFiles } from './replyFiles'
import { olderThanEdit } from '../decisions/decisionHistory'
import { onlyMoves } from '../decisions/decisionStacks'
import { schemaCheck } from '../schema/ownSchema'
import { prepare } from '../sql/statement'

type Finding = DoctorReport['findings'][number]

interface Check {
  readonly name: string
  /** Selects the faulty rows; the first column identifies them. */
  readonly sql: string
  readonly message: Message
  readonly remedy: Message
}

const restore = message('problem.runRecover')

const checks: readonly Check[] = [
  {
    name: 'a candidate stands as its last decision says',
    sql: `SELECT candidate.id FROM candidate LEFT JOIN decision ON decision.id = candidate.decision_id
          WHERE candidate.state <> coalesce(decision.after_state, 'pending')
             OR candidate.decision_id IS NOT (SELECT max(made.id) FROM decision AS made
               WHERE made.candidate_id = candidate.id AND NOT ${onlyMoves('made').sql})`,
    message: message('doctor.stateNotLastDecision'),
    remedy: restore,
  },
  {
    name: 'a pair has the text of its last edit',
    sql: olderThanEdit,
    message: message('doctor.textNotLastEdit'),
    remedy: restore,
  },
  {
    name: 'every candidate has its text',
    sql: `SELECT id FROM candidate LEFT JOIN pair ON candidate_id = id WHERE candidate_id IS NULL`,
    message: message('doctor.candidatesWithoutText'),
    remedy: restore,
  },
  {
    name: 'every candidate has its item',
    sql: `SELECT candidate.id FROM candidate LEFT JOIN item ON item.id = candidate.item_id WHERE item.id IS NULL`,
    message: message('doctor.candidatesWithoutItem'),
    remedy: restore,
  },
  {
    name: 'every candidate comes from a successful call for its item',
    sql: `SELECT candidate.id FROM candidate JOIN call ON call.id = candidate.call_id
          WHERE call.state <> 'succeeded' OR call.item_id <> candidate.item_id OR call.run_id <> candidate.run_id`,
    message: message('doctor.candidatesOfAnotherCall'),
    remedy: restore,
  },
  {
    name: 'a pair that no call drafted names who wrote it',
    sql: `SELECT id FROM candidate WHERE (call_id IS NULL) <> (run_id IS NULL)
            OR (run_id IS NOT NULL) + (author IS NOT NULL) + (record_id IS NOT NULL) <> 1`,
    message: message('doctor.candidatesWithTwoOrigins'),
    remedy: restore,
  },
  {
    name: 'what people wrote belongs to its item',
    sql: `SELECT candidate.id FROM candidate LEFT JOIN candidate AS whole ON whole.id = candidate.split_from
            LEFT JOIN call ON call.id = candidate.conversation_call_id
          WHERE candidate.author IS NOT NULL AND (whole.item_id <> candidate.item_id OR call.item_id <> candidate.item_id
            OR (candidate.conversation IS NULL AND candidate.conversation_call_id IS NOT NULL)
            OR (candidate.conversation IS NOT NULL AND candidate.conversation_call_id IS NULL AND NOT EXISTS (SELECT 1 FROM candidate AS other
              WHERE other.item_id = candidate.item_id AND other.record_id IS NOT NULL AND other.conversation = candidate.conversation)))`,
    message: message('doctor.splitFromAnotherItem'),
    remedy: restore,
  },
  {
    name: 'every imported pair comes from a record for its item',
    sql: `SELECT candidate.id FROM candidate JOIN imported_record ON imported_record.id = candidate.record_id
          WHERE imported_record.item_id <> candidate.item_id`,
    message: message('doctor.importedForAnotherItem'),
    remedy: restore,
  },
  {
    name: 'no item was an exemplar for itself',
    sql: `SELECT call_exemplar.call_id FROM call_exemplar JOIN call ON call.id = call_exemplar.call_id
          JOIN candidate ON candidate.id = call_exemplar.candidate_id WHERE candidate.item_id = call.item_id`,
    message: message('doctor.exemplarsOfSameItem'),
    remedy: restore,
  },
  {
    name: 'every item has a context',
    sql: `SELECT item.id FROM item LEFT JOIN context ON context.item_id = item.id WHERE context.item_id IS NULL`,
    message: message('doctor.itemsWithoutContext'),
    remedy: message('doctor.importUnderAnotherId'),
  },
  {
    name: 'runs count their items as their calls do',
    sql: `SELECT run.id FROM run WHERE done <> (SELECT count(*) FROM call WHERE call.run_id = run.id AND state = 'succeeded')
             OR failed <> (SELECT count(*) FROM call WHERE call.run_id = run.id AND state = 'failed')`,
    message: message('doctor.runCountsDiffer'),
    remedy: restore,
  },
  {
    name: 'no item was answered twice in one run',
    sql: `SELECT 'run ' || run_id || ': ' || source_id FROM call JOIN item ON item.id = call.item_id
          WHERE state = 'succeeded' GROUP BY run_id, item_id HAVING count(*) > 1 ORDER BY run_id, item_id`,
    message: message('doctor.itemsAnsweredTwice'),
    remedy: message('doctor.bothAnswersKept'),
  },
  {
    name: 'no two runs asked for the same items at the same time',
    // The second run was planned while the first was running, or about to start, and had not answered these items yet.
    sql: `SELECT 'runs ' || first.id || ' and ' || second.id || ': ' || count(DISTINCT asked.item_id) || ' items'
          FROM run AS first
          JOIN run AS second ON second.id > first.id AND second.created_at >= first.created_at
            AND (first.finished_at IS NULL OR first.finished_at > second.created_at)
          JOIN call AS asked ON asked.run_id = first.id AND asked.state = 'succeeded' AND asked.finished_at > second.created_at
          JOIN call AS again ON again.run_id = second.id AND again.state = 'succeeded' AND again.item_id = asked.item_id
          WHERE NOT EXISTS (SELECT 1 FROM call WHERE call.run_id = first.id AND call.started_at < second.created_at)
             OR EXISTS (SELECT 1 FROM call WHERE call.run_id = first.id AND call.state <> 'interrupted'
               AND call.started_at <= second.created_at AND (call.finished_at IS NULL OR call.finished_at >= second.created_at))
          GROUP BY first.id, second.id`,
    message: message('doctor.itemsAskedTwice'),
    remedy: message('doctor.bothRunsKept'),
  },
  {
    name: 'media that no item shows',
    sql: `SELECT media.file_name FROM media LEFT JOIN item_media ON item_media.media_id = media.id WHERE item_media.item_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM snapshot_medium WHERE snapshot_medium.media_id = media.id)`,
    message: message('doctor.mediaWithoutItem'),
    remedy: message('doctor.mediaHarmless'),
  },
]

const some = (values: readonly unknown[]) => values.slice(0, 5).map(String).join(', ') + (values.length > 5 ? ', …' : '')

const soundCheck = 'the file is sound'
const referencesCheck = 'every reference leads somewhere'
const searchCheck = 'the search index agrees with the candidates'
const repliesCheck = 'every reply is stored'

/** Reports reply files that are not stored yet. During a run this is normal. */
function unstoredReplies(db: ReadableDb): Finding[] {
  const names = listReplyFiles(db)
  if (names.length === 0) return []
  return [
    {
      check: repliesCheck,
      message: message('doctor.repliesNotStored', { examples: some(names) }),
      remedy: message('doctor.openToStoreReplies'),
    },
  ]
}

function structure(db: ReadableDb): Finding[] {
  const lines = z
    .object({ integrity_check: z.string() })
    .array()
    .parse(driverOf(db).pragma('integrity_check(20)'))
    .map((row) => row.integrity_check)
  return lines.filter((line) => line !== 'ok').map((line) => ({ check: soundCheck, message: line, remedy: restore }))
}

function references(db: ReadableDb): Finding[] {
  const rows = z
    .object({ table: z.string(), rowid: z.number().nullable(), parent: z.string() })
    .array()
    .parse(driverOf(db).pragma('foreign_key_check'))
  return rows.slice(0, 20).map(({ table, rowid, parent }) => ({
    check: referencesCheck,
    message: message('doctor.missingReference', { table, row: rowid ?? '', parent }),
    remedy: restore,
  }))
}

function searchIndex(db: ReadableDb): Finding[] {
  // FTS5 runs its integrity check as an INSERT statement that changes nothing.
  const queryOnly = driverOf(db).pragma('query_only', { simple: true })
  try {
    driverOf(db).pragma('query_only = OFF')
    driverOf(db).prepare(`INSERT INTO candidate_text (candidate_text, rank) VALUES ('integrity-check', 1)`).run()
    return []
  } catch {
    return [{ check: searchCheck, message: message('doctor.searchIndex'), remedy: restore }]
  } finally {
    driverOf(db).pragma(`query_only = ${String(queryOnly)}`)
  }
}

/** Runs a check; an error, such as a damaged page, is itself a finding. */
function orDamage(check: string, look: () => Finding[]): Finding[] {
  try {
    return look()
  } catch (error) {
    return [{ check, message: message('doctor.checkFailed', { reason: messageOf(error) }), remedy: restore }]
  }
}

function carryOut(db: ReadableDb, check: Check): Finding[] {
  const wrong = prepare(db, check.sql).pluck().all()
  if (wrong.length === 0) return []
  return [
    {
      check: check.name,
      message: message('doctor.finding', { count: wrong.length, message: check.message, examples: some(wrong) }),
      remedy: check.remedy,
    },
  ]
}

/** Checks for rows without the rows that they need, which lists leave out. */
const ofMissingRows = new Set(['every candidate has its text', 'every candidate has its item', 'every item has a context'])

/** Returns findings on missing rows of items and candidates. Fast, because it looks rows up by id. */
export const findMissingRows = (db: ReadableDb): Finding[] =>
  checks.filter(({ name }) => ofMissingRows.has(name)).flatMap((check) => orDamage(check.name, () => carryOut(db, check)))

/** Checks the project file for damage and contradictions, without changing it. `inspectMedia` checks the media files. */
export function inspectDatabase(db: ReadableDb): DoctorReport {
  const findings = [
    ...orDamage(soundCheck, () => structure(db)),
    ...orDamage(referencesCheck, () => references(db)),
    ...searchIndex(db),
    ...orDamage(formsCheck, () => inspectForms(db)),
    ...orDamage(numbersCheck, () => inspectNumbers(db)),
    ...orDamage(repliesCheck, () => unstoredReplies(db)),
    ...checks.flatMap((check) => orDamage(check.name, () => carryOut(db, check))),
  ]
  return {
    healthy: findings.length === 0,
    findings,
    checks: [
      soundCheck,
      referencesCheck,
      searchCheck,
      schemaCheck,
      formsCheck,
      numbersCheck,
      repliesCheck,
      ...checks.map(({ name }) => name),
    ],
  }
}
