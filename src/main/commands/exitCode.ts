import type { Problem } from '../../shared/problem'

/** What the command line ends with; part of the product. */
export const exitCode = { done: 0, partFailed: 1, wrongUse: 2, unreadableProject: 3 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

export function exitCodeOf({ code }: Problem): ExitCode {
  switch (code) {
    case 'wrong-use':
    case 'not-found':
    case 'exists':
    case 'no-key':
      return exitCode.wrongUse
    case 'unreadable-project':
    case 'newer-project':
    case 'older-project':
    case 'damaged-project':
      return exitCode.unreadableProject
    case 'read-only':
    case 'disk-full':
    case 'busy':
    case 'hidden':
    case 'bad-file':
    case 'bad-media':
    case 'bad-template':
    case 'provider':
    case 'conflict':
    case 'internal':
      return exitCode.partFailed
  }
}
