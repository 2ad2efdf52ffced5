import os from 'node:os'
import { z } from 'zod'
import { parseStored } from './stored'
import { say } from '../../shared/say'

/** Who drives a run. A run is live while its process lives and has said so lately; so a killed one can be resumed at once. */
const ownerSchema = z.object({ host: z.string(), pid: z.number().int() })

const staleAfterMs = 15_000

export const thisProcess = (): string => JSON.stringify({ host: os.hostname(), pid: process.pid })

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** @param owner as `thisProcess` wrote it @param touchedAt ms @returns whether another living process drives the run */
export function isLiveElsewhere(owner: string | null, touchedAt: number | null, now = Date.now()): boolean {
  if (owner === null || owner === thisProcess()) return false
  const { host, pid } = parseStored(ownerSchema, owner, say`Who drives a run`)
  const fresh = touchedAt !== null && now - touchedAt < staleAfterMs
  return fresh && (host !== os.hostname() || isAlive(pid))
}
