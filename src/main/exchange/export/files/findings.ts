import type { ValidationIssue } from '../../../../shared/domain'
import { mapTexts, message, type Message } from '../../../../shared/messages/message'

/** An issue with the name of the check that found it. */
export type Finding = ValidationIssue & { readonly check: string }

export interface ValidationResult {
  /** things looked at */
  readonly checks: number
  readonly issues: Finding[]
}

type Level = ValidationIssue['level']

export interface Findings<C extends string> {
  /** Counts one thing looked at, and records an issue unless it `holds`; gives `holds` back. */
  expect(holds: boolean, check: C, file: string, id: string | null, message: Message): boolean
  /** Records an issue of something that `expect` cannot put as one condition. */
  report(check: C, file: string, id: string | null, message: Message): void
  /** Counts things looked at that were found good. */
  passed(count: number): void
  read(): ValidationResult
}

/** Issues of one check in one file that are listed; of more only the number is told. */
const listedIssues = 20

/** Collects what a validator finds. `levels` gives each of its checks a name and says whether it fails the set. */
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

/** Parsers draw their errors over several lines. */
const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function listed({ issues, more }: { issues: readonly Finding[]; more: number }): Finding[] {
  const [first] = issues
  return first && more > 0
    ? [...issues, { ...first, id: null, message: message('exportSet.moreOfSameKind', { more, check: first.check }) }]
    : [...issues]
}
