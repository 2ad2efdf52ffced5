import { stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { Problem } from '../../../../shared/problem'
import type { TrainingKind } from '../../../../shared/domain'
import type { PairSource } from '../pairSource'
import type { TrainingFormat } from '../training/records'
import { message } from '../../../../shared/messages/message'

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

/** Lower bound for the JPEG size of a video frame, in bytes; smaller frames are rare. */
const leastFrame = 2_000
/** Bytes for the keys and punctuation of a row, in any format. */
const leastRow = 40

/**
 * Returns the minimum number of bytes of an export in a training format: the texts, and the media, which are copied once or embedded in
 * each row. For DPO, only edited pairs count as preferences.
 */
export function leastTrainingBytes(
  source: Pick<PairSource, 'sumTrainingBytes'>,
  { limits }: Pick<TrainingFormat, 'limits'>,
  { kind, frames }: { readonly kind: TrainingKind; readonly frames: number | null },
): number {
  const states = { sft: ['accepted', 'edited'], dpo: ['edited'], kto: ['accepted', 'edited', 'rejected'] } as const
  const { rows, texts, images, imagesOfRows, videos, videoCount } = source.sumTrainingBytes(states[kind], limits.maxImages)
  const ofFrames = (frames ?? 0) > limits.maxImages ? 0 : videoCount * (frames ?? 0) * leastFrame
  const ofVideos = frames !== null ? ofFrames : limits.videoFiles ? videos : 0
  return rows * leastRow + texts + (limits.embedsImages ? imagesOfRows : images) + ofVideos
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000)

/**
 * Checks that the disk of a folder has at least `needed` bytes left.
 * @throws Problem 'disk-full' if it has less.
 */
export function requireSpace(directory: string, needed: number, free: number | null): void {
  if (free === null || free >= needed) return
  throw new Problem(
    'disk-full',
    message('exportSet.notEnoughSpace', { directory, needed: megabytes(needed), free: megabytes(free) }),
    message('exportSet.freeSpaceOrOtherFolder'),
    { item: directory },
  )
}
