import { RE2JS } from 're2js'
import type { FixRule } from '../editing'
import type { Pair } from '../domain'

/** Why RE2: docs/adr/0008-find-and-fix-in-linear-time.md. This file loads the engine, so import it only from code that applies rules. */

type Part = 'instruction' | 'response'

interface CompiledRule {
  readonly rule: FixRule
  /** returns the text with all matches replaced; unchanged if nothing matches or it would take too long */
  readonly mend: (text: string) => string
}

/** The cost of searching a text is its length times the size of the pattern; above this limit a rule leaves the text unchanged. */
const maxWork = 2_000_000
/**
 * Time limit for the replacements in one text; the first `alwaysFound` matches are exempt, so that the result does not depend on a busy
 * machine.
 */
const maxMs = 250
const alwaysFound = 16
const longestResult = 200_000

const flagOf: Readonly<Record<string, number>> = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL }

const compilePattern = ({ pattern, flags }: Pick<FixRule, 'pattern' | 'flags'>) =>
  RE2JS.compile(
    pattern,
    [...flags].reduce((bits, flag) => bits | (flagOf[flag] ?? 0), 0),
  )

/** Returns what is wrong with a rule, in the engine's words; null if it is valid. */
export function faultOf(rule: Pick<FixRule, 'pattern' | 'flags' | 'replacement'>): string | null {
  try {
    const compiled = compilePattern(rule)
    const names = Object.keys(compiled.namedGroups())
    for (const [whole, number, name] of rule.replacement.matchAll(reference)) {
      if (number !== undefined && Number(number) > compiled.groupCount()) return `${whole}: the pattern has no group ${number}`
      if (name !== undefined && !names.includes(name)) return `${whole}: the pattern has no group ${name}`
    }
    return null
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error)
  }
}

const reference = /\$(?:(\d{1,2})|<([^>]*)>|[$&])/g

/** Compiles the valid rules that are on, for use on many texts. @param now milliseconds, for the time limit */
export function compileRules(rules: readonly FixRule[], now: () => number = () => performance.now()): CompiledRule[] {
  return rules.flatMap((rule) => (rule.on && faultOf(rule) === null ? [compileRule(rule, now)] : []))
}

/** Compiles a rule. @throws if the pattern is invalid; check it with `faultOf` first */
export function compileRule(rule: FixRule, now: () => number = () => performance.now()): CompiledRule {
  const compiled = compilePattern(rule)
  const size = compiled.programSize()
  const mend = (text: string): string => {
    if (size * text.length > maxWork || !compiled.test(text)) return text
    const until = now() + maxMs
    const matcher = compiled.matcher(text)
    let mended = ''
    let from = 0
    let found = 0
    while (matcher.find()) {
      found += 1
      const groupOf = (group: number | string) => matcher.group(group) ?? ''
      mended += text.slice(from, matcher.start()) + fill(rule.replacement, groupOf)
      from = matcher.end()
      if (mended.length > longestResult || (found > alwaysFound && now() > until)) return text
    }
    return mended + text.slice(from)
  }
  return { rule, mend }
}

/** Returns the replacement with its references filled in. */
function fill(replacement: string, found: (group: number | string) => string): string {
  if (!replacement.includes('$')) return replacement
  return replacement.replace(reference, (whole, number?: string, name?: string) =>
    whole === '$$' ? '$' : whole === '$&' ? found(0) : found(name ?? Number(number)),
  )
}

const takes = (rule: FixRule, part: Part) => rule.part === 'both' || rule.part === part

/** Applies one rule to a pair; returns the same object if nothing changes, or if an instruction or response would become empty. */
export function applyFix({ rule, mend }: CompiledRule, pair: Pair): Pair {
  const instruction = takes(rule, 'instruction') ? mend(pair.instruction) : pair.instruction
  const response = takes(rule, 'response') ? mend(pair.response) : pair.response
  if (instruction === pair.instruction && response === pair.response) return pair
  return instruction.trim() && response.trim() ? { instruction, response } : pair
}

export interface Fix {
  readonly rule: FixRule
  readonly after: Pair
}

/** Returns the result of each rule on its own; rules that change nothing are left out. */
export const fixesOf = (rules: readonly CompiledRule[], pair: Pair): Fix[] =>
  rules.flatMap((compiled) => {
    const after = applyFix(compiled, pair)
    return after === pair ? [] : [{ rule: compiled.rule, after }]
  })

/** Applies all rules to a pair, each to the result of the previous one. */
export const fixAll = (rules: readonly CompiledRule[], pair: Pair): Pair => rules.reduce((text, rule) => applyFix(rule, text), pair)
