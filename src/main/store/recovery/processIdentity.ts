import fs from 'node:fs'
import os from 'node:os'
import { z } from 'zod'

/**
 * Identifies a process. A process id is reused after a while, and after every restart of the machine; `boot` and `started` distinguish such
 * processes. Both are null if the system does not provide them (only Linux does).
 */
export const processIdentitySchema = z.object({
  host: z.string(),
  pid: z.number().int(),
  boot: z.string().nullable().default(null),
  started: z.string().nullable().default(null),
})
export type ProcessIdentity = z.infer<typeof processIdentitySchema>

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

/**
 * Field 22 of /proc/<pid>/stat: clock ticks from system boot to the start of the process. The process name before it may contain spaces.
 */
function readStart(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

const own: ProcessIdentity = {
  host: os.hostname(),
  pid: process.pid,
  boot: readText('/proc/sys/kernel/random/boot_id'),
  started: readStart(process.pid),
}

/** The identity of this process as JSON; the same text until it ends, even if the host name changes. */
export const thisProcess: string = JSON.stringify(own)

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Returns whether a process is known to have ended. False for a process on another machine, whose state is unknown. */
export function hasEnded({ host, pid, boot, started }: ProcessIdentity): boolean {
  const sameBoot = boot !== null && boot === own.boot
  if (!sameBoot && host !== own.host) return false
  if (boot !== null && own.boot !== null && boot !== own.boot) return true
  return !isAlive(pid) || (started !== null && readStart(pid) !== started)
}
