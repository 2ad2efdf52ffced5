import type { ValidationIssue } from '../../../../shared/domain'
import { mapTexts, message, type Message } from '../../../../shared/messages/message'

/** An issue with the name of the check that found it. */
export type Finding = ValidationIssue & { readonly check: string }

export interface ValidationResult {
  /** Number of things checked. */
  readonly checks: number
  readonly issues: Finding[]
}

type Level = ValidationIssue['level']

export interface Findings<C extends string> {
  /** Counts one check, records an issue unless `holds` is true, and returns `holds`. */
  expect(holds: boolean, check: C, file: string, id: string | null, message: Message): boolean
  /** Records an issue that is not the result of a single condition. */
  report(check: C, file: string, id: string | null, message: Message): void
  /** Counts checks that passed. */
  passed(count: number): void
  read(): ValidationResult
}

/** Maximum number of issues listed per check and file; further issues are only counted. */
const listedIssues = 20

/** Collects the findings of a validator. `levels` contains the level of each check, which decides whether it fails the set. */
export function createFindings<C extends string>(levels: Readonly<Record<C, Level>>): Findings<C> {
  const groups = new Map<string, { issues: Finding[]; more: number }>()
  let checks = 0
  const report = (check: C, file: string, id: string | null, fault: Message) => {
    const key = `${check} ${file}`
    const group = groups.get(key) ?? { issues: [], more: 0 }
    groups.set(key, group)
    if (group.issues.length === listedIssues) return void (group.more += 1)
    group.issues.push({ check, level: levels[check], file, id, message: mapTexts(fault, onOneLine) })
  }
  return {
    report,
    expect(holds, check, file, id, fault) {
      checks += 1
      if (!holds) report(check, file, id, fault)
      return holds
    },
    passed: (count) => {
      checks += count
    },
    read: () => ({ checks, issues: [...groups.values()].flatMap(listed) }),
  }
}

/** Joins the lines of an error message, since parsers format their errors over several lines. */
const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function listed({ issues, more }: { issues: readonly Finding[]; more: number }): Finding[] {
  const [first] = issues
  return first && more > 0
    ? [...issues, { ...first, id: null, message: message('exportSet.moreOfSameKind', { more, check: first.check }) }]
    : [...issues]
}
