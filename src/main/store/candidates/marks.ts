import { z } from 'zod'
import { Problem } from '../../../shared/problem'
import { commentSchema, ratingSchema, type Marks, type Quality } from '../../../shared/review'
import type { ReadableDb, WritableDb } from '../sql/types'
import { message } from '../../../shared/messages/message'
import { prepare } from '../sql/statement'
import { write } from '../sql/transaction'

const textsSchema = z.string().array()
const commentsSchema = commentSchema.array()
const ratingsSchema = ratingSchema.array()

/** Reads the flags, tags, comments and ratings of a candidate. @param reviewer the reviewer whose ratings are returned */
export function readMarks(db: ReadableDb, candidateId: number, reviewer: string): Marks {
  const texts = (sql: string) => textsSchema.parse(prepare(db, sql).pluck().all(candidateId))
  return {
    flaggedBy: texts(`SELECT reviewer FROM flag WHERE candidate_id = ? ORDER BY flagged_at`),
    tags: texts(`SELECT tag FROM tag WHERE candidate_id = ? ORDER BY tag`),
    comments: commentsSchema.parse(
      prepare(db, `SELECT id, reviewer, body, written_at AS writtenAt FROM comment WHERE candidate_id = ? ORDER BY id`).all(candidateId),
    ),
    ratings: ratingsSchema.parse(
      prepare(db, `SELECT quality, value FROM rating WHERE candidate_id = ? AND reviewer = ? ORDER BY quality`).all(candidateId, reviewer),
    ),
  }
}

export function setFlag(db: WritableDb, candidateId: number, reviewer: string, flagged: boolean): void {
  write(db, () => {
    if (flagged)
      prepare(db, `INSERT OR IGNORE INTO flag (candidate_id, reviewer, flagged_at) VALUES (?, ?, ?)`).run(candidateId, reviewer, Date.now())
    else prepare(db, `DELETE FROM flag WHERE candidate_id = ? AND reviewer = ?`).run(candidateId, reviewer)
  })
}

export function setTag(db: WritableDb, candidateId: number, tag: string, tagged: boolean): void {
  write(db, () => {
    const sql = tagged
      ? `INSERT OR IGNORE INTO tag (tag, candidate_id) VALUES (?, ?)`
      : `DELETE FROM tag WHERE tag = ? AND candidate_id = ?`
    prepare(db, sql).run(tag, candidateId)
  })
}

/** Returns up to 200 tags of the project, the most used first. */
export function listTags(db: ReadableDb): string[] {
  return textsSchema.parse(prepare(db, `SELECT tag FROM tag GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 200`).pluck().all())
}

export function addComment(db: WritableDb, candidateId: number, reviewer: string, body: string): void {
  write(db, () => {
    prepare(db, `INSERT INTO comment (candidate_id, reviewer, body, written_at) VALUES (?, ?, ?, ?)`).run(
      candidateId,
      reviewer,
      body,
      Date.now(),
    )
  })
}

/** Deletes a comment of this reviewer. @throws Problem not-found if it does not exist or belongs to someone else */
export function removeComment(db: WritableDb, commentId: number, reviewer: string): void {
  const { changes } = write(db, () => prepare(db, `DELETE FROM comment WHERE id = ? AND reviewer = ?`).run(commentId, reviewer))
  if (changes === 0)
    throw new Problem('not-found', message('store.noComment', { commentId, reviewer }), message('store.commentOfAnother'), {
      item: `comment ${commentId}`,
    })
}

/** @param value 1 to 5; null removes the rating */
export function setRating(db: WritableDb, candidateId: number, reviewer: string, quality: Quality, value: number | null): void {
  write(db, () => {
    if (value === null)
      prepare(db, `DELETE FROM rating WHERE candidate_id = ? AND reviewer = ? AND quality = ?`).run(candidateId, reviewer, quality)
    else
      prepare(
        db,
        `INSERT INTO rating (candidate_id, reviewer, quality, value, rated_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET value = excluded.value, rated_at = excluded.rated_at`,
      ).run(candidateId, reviewer, quality, value, Date.now())
  })
}
