import type { CallParsedInput } from '../../shared/contract'
import type { Marks } from '../../shared/review'

type Marking = 'marks.flag' | 'marks.tag' | 'marks.comment' | 'marks.removeComment' | 'marks.rate'
type Input = CallParsedInput<Marking>

const without = <T>(list: readonly T[], isMeant: (one: T) => boolean) => list.filter((one) => !isMeant(one))

/** Marks with one more of the reviewer's, or one less, as `store/marks` would have them. */
export function marksWith(marks: Marks, name: string, input: Partial<Input> & { candidateId: number }, reviewer: string): Marks {
  if (name === 'marks.flag' && 'flagged' in input) return { ...marks, flaggedBy: input.flagged ? [reviewer] : [] }
  if (name === 'marks.tag' && 'tagged' in input) {
    const { tag = '', tagged } = input
    const others = without(marks.tags, (one) => one === tag)
    return { ...marks, tags: tagged ? [...others, tag].toSorted() : others }
  }
  if (name === 'marks.comment' && 'body' in input) {
    const id = Math.max(0, ...marks.comments.map((comment) => comment.id)) + 1
    return { ...marks, comments: [...marks.comments, { id, reviewer, body: input.body ?? '', writtenAt: Date.now() }] }
  }
  if (name === 'marks.removeComment' && 'commentId' in input)
    return { ...marks, comments: without(marks.comments, ({ id }) => id === input.commentId) }
  if (name === 'marks.rate' && 'value' in input && input.quality) {
    const { quality, value } = input
    const others = without(marks.ratings, (rating) => rating.quality === quality)
    return { ...marks, ratings: value === null || value === undefined ? others : [...others, { quality, value }] }
  }
  return marks
}
