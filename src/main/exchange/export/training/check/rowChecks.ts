import type { MediaKind } from '../../../../../shared/domain'
import { message } from '../../../../../shared/messages/message'
import { countToken, findPlaceholder } from '../placeholders'
import { isRecord, splitOf, type Checks, type Place, type Row } from './checks'

export interface ReadTurn {
  readonly role: unknown
  readonly text: unknown
}

const shown = (value: unknown) => (JSON.stringify(value) ?? 'undefined').slice(0, 60)

/** Reads a list of turns that use the given keys for role and text. Reports an invalid list and returns null. */
export function readTurns(
  checks: Checks,
  place: Place,
  list: unknown,
  { key, role, text }: { readonly key: string; readonly role: string; readonly text: string },
  roles: Readonly<Record<string, string>> = {},
): ReadTurn[] | null {
  if (!Array.isArray(list) || list.length === 0) {
    checks.fail('row', place, message('training.check.turnsMissing', { key }))
    return null
  }
  const turns: ReadTurn[] = []
  for (const each of list as unknown[]) {
    if (!isRecord(each) || !(role in each) || !(text in each)) {
      checks.fail('row', place, message('training.check.turnWithoutKeys', { role, text }))
      return null
    }
    const given = each[role]
    turns.push({ role: typeof given === 'string' ? (Object.hasOwn(roles, given) ? roles[given] : given) : given, text: each[text] })
  }
  return turns
}

/**
 * Checks the roles and their order: an optional system text, then user and assistant alternately.
 * @param ends role of the last turn
 */
export function checkOrder(checks: Checks, place: Place, turns: readonly ReadTurn[], ends: 'user' | 'assistant', hasSystem = true): void {
  const roles = turns.map(({ role }) => role)
  const unknown = roles.find((role) => role !== 'user' && role !== 'assistant' && !(role === 'system' && hasSystem))
  if (unknown !== undefined) return checks.fail('turns', place, message('training.check.roleUnknown', { role: shown(unknown) }))
  const spoken = roles[0] === 'system' ? roles.slice(1) : roles
  const isInOrder = spoken.every((role, at) => role === (at % 2 === 0 ? 'user' : 'assistant'))
  if (spoken.length === 0 || !isInOrder || spoken.at(-1) !== ends)
    checks.fail('turns', place, message('training.check.orderWrong', { ends, roles: roles.join(', ') }))
}

/**
 * Reports a text that is missing or blank.
 * @param allowed tokens that do not count as text
 */
export function checkText(checks: Checks, place: Place, text: unknown, what: string, allowed: readonly string[] = []): text is string {
  if (typeof text !== 'string') {
    checks.fail('text', place, message('training.check.textMissing', { what, value: shown(text) }))
    return false
  }
  if (allowed.reduce((rest, token) => rest.replaceAll(token, ''), text).trim() === '')
    checks.fail('text', place, message('training.check.textBlank', { what }))
  return true
}

/** Reports a placeholder that a loader or a template would interpret as more than text. */
export function checkLiteral(checks: Checks, place: Place, text: unknown, what: string, allowed: readonly string[] = []): void {
  if (typeof text !== 'string') return
  const token = findPlaceholder(allowed.reduce((rest, each) => rest.replaceAll(each, ''), text))
  if (token) checks.fail('tokens', place, message('training.check.literalToken', { token, what }))
}

/**
 * Checks the content of a turn in the style of chat messages: a text or a list of parts. Texts are checked here.
 * @param checkMedium checks a part of another type; returns false if the format has no such type
 * @returns the number of media parts
 */
export async function checkContent(
  checks: Checks,
  place: Place,
  { role, text }: ReadTurn,
  checkMedium: (part: Row, type: unknown) => false | Promise<void>,
): Promise<number> {
  const what = String(role)
  if (!Array.isArray(text)) {
    checkText(checks, place, text, what)
    checkLiteral(checks, place, text, what)
    return 0
  }
  let [media, texts] = [0, 0]
  for (const part of text as unknown[]) {
    const type = isRecord(part) ? part['type'] : undefined
    const looked = isRecord(part) && type !== 'text' && checkMedium(part, type)
    if (isRecord(part) && type === 'text') {
      texts += 1
      checkText(checks, place, part['text'], what)
      checkLiteral(checks, place, part['text'], what)
    } else if (looked) {
      media += 1
      if (role !== 'user') checks.fail('media', place, message('training.check.imageInAnswer', { role: what }))
      await looked
    } else checks.fail('row', place, message('training.check.partType', { type: JSON.stringify(type) ?? 'undefined' }))
  }
  if (texts === 0) checks.fail('text', place, message('training.check.textBlank', { what }))
  return media
}

const tokens = { image: '<image>', video: '<video>' } as const satisfies Record<MediaKind, string>

export interface MediaOfRow {
  readonly image: readonly unknown[]
  readonly video: readonly unknown[]
}

/**
 * Checks texts in which `<image>` and `<video>` are placeholders for media: none in answers and system texts, and one per medium in user
 * texts.
 * @param extra other tokens that texts may contain
 */
export function checkTokenTexts(
  checks: Checks,
  place: Place,
  turns: readonly ReadTurn[],
  media: MediaOfRow,
  extra: readonly string[] = [],
): void {
  const counts = { image: 0, video: 0 }
  for (const { role, text } of turns) {
    const isUser = role === 'user'
    const allowed = isUser ? [tokens.image, tokens.video, ...extra] : extra
    if (!checkText(checks, place, text, String(role), isUser ? [tokens.image, tokens.video] : [])) continue
    checkLiteral(checks, place, text, String(role), allowed)
    if (isUser) for (const kind of ['image', 'video'] as const) counts[kind] += countToken(text, tokens[kind])
  }
  for (const kind of ['image', 'video'] as const)
    if (counts[kind] !== media[kind].length)
      checks.fail(
        'tokens',
        place,
        message('training.check.tokenCount', { token: tokens[kind], count: counts[kind], media: media[kind].length }),
      )
}

/** Reads a media column: a list of paths, or a single path if the format allows it. Reports anything else. */
export function readMedia(checks: Checks, place: Place, row: Row, key: string, single: 'single' | 'list' | 'both'): readonly unknown[] {
  const value = row[key]
  if (value === undefined || (value === null && single !== 'single')) return []
  if (Array.isArray(value) && single !== 'single') return value
  if (typeof value === 'string' && single !== 'list') return [value]
  checks.fail(
    'row',
    place,
    message(single === 'single' ? 'training.check.notOnePath' : 'training.check.notPaths', { key, value: shown(value) }),
  )
  return []
}

export async function checkMedia(checks: Checks, place: Place, media: MediaOfRow): Promise<void> {
  for (const kind of ['image', 'video'] as const) for (const each of media[kind]) await checks.medium(place, kind, each)
}

/** Reports blank or identical answers of a preference row, which teach nothing. */
export function checkPreference(checks: Checks, place: Place, chosen: unknown, rejected: unknown): void {
  if (checkText(checks, place, chosen, 'chosen') && checkText(checks, place, rejected, 'rejected') && chosen.trim() === rejected.trim())
    checks.fail('preference', place, message('training.check.sameAnswers'))
  checkLiteral(checks, place, chosen, 'chosen')
  checkLiteral(checks, place, rejected, 'rejected')
}

/** Checks the labels of a file: they must be JSON booleans, and training files must contain both values. */
export function createLabelCheck(checks: Checks) {
  const seen = new Map<string, Set<boolean>>()
  return {
    add(place: Place, label: unknown): void {
      if (typeof label !== 'boolean')
        return checks.fail('preference', place, message('training.check.labelNotBoolean', { value: shown(label) }))
      seen.set(place.file, (seen.get(place.file) ?? new Set()).add(label))
    },
    finish(): void {
      // An evaluation split may be too small for both labels; training needs both.
      for (const [file, labels] of seen)
        if (labels.size === 1)
          checks.fail(splitOf(file) === 'train' ? 'preference' : 'advice', { file }, message('training.check.oneLabel'))
    },
  }
}

/** Reports keys that the loader does not read, although their names suggest that it does. */
export function checkKeys(checks: Checks, place: Place, row: Row, refused: readonly string[]): void {
  for (const key of refused) if (key in row) checks.fail('row', place, message('training.check.keyNotRead', { key }))
}
