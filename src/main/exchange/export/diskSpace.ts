import { stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { Problem } from '../../../shared/problem'
import { message } from '../../../shared/messages/message'

/** Returns the free bytes on the disk of a folder, which may not exist yet, or null if they are unknown. */
export async function freeBytes(folder: string): Promise<number | null> {
  for (let place = path.resolve(folder); ; place = path.dirname(place)) {
    if (await stat(place).catch(() => null))
      return statfs(place).then(
        ({ bavail, bsize }) => bavail * bsize,
        () => null,
      )
    if (place === path.dirname(place)) return null
  }
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000)

/** @throws Problem disk-full where the disk of a folder has less than `needed` bytes left */
export function requireSpace(directory: string, needed: number, free: number | null): void {
  if (free === null || free >= needed) return
  throw new Problem(
    'disk-full',
    message('exportSet.notEnoughSpace', { directory, needed: megabytes(needed), free: megabytes(free) }),
    message('exportSet.freeSpaceOrOtherFolder'),
    { item: directory },
  )
}
