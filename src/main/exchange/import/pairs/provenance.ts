import { stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { z } from 'zod'
import { providerKindSchema, splitSchema, type Split } from '../../../../shared/domain'
import { provenanceFile } from '../../export/training/sideFiles'
import { splitOf } from '../../export/training/check/checks'
import type { Scratch } from '../../../store/sql/scratch'
import { isVideoName } from '../row/mediaNamed'
import { readLines } from '../text/readLines'
import { foldersOf } from './dataFiles'
import type { PairContent, PairMedium, PairRecord } from './record'

const lineSchema = z.object({
  id: z.string(),
  item: z.string().min(1),
  split: splitSchema,
  media: z.array(z.object({ file: z.string(), source: z.string(), sha256: z.string() })),
  pairs: z.array(z.looseObject({ provider: providerKindSchema.nullish(), model: z.string().nullish() })),
})
type Line = z.infer<typeof lineSchema>

/** Side file of Exemplar's own exports with the origin of each row. */
export interface Provenance {
  /**
   * Returns the provenance of the row with this id, or of the next row of a data file; null if there is none or it belongs to other media.
   */
  find(file: string, row: Pick<PairContent, 'id' | 'media'>): Line | null
}

async function findSideFile(dataFile: string): Promise<string | null> {
  for (const folder of foldersOf(dataFile)) {
    const file = join(folder, provenanceFile)
    if (await stat(file).then((found) => found.isFile(), () => false)) return file // prettier-ignore
  }
  return null
}

const showsSame = ({ media }: Line, given: readonly PairMedium[]): boolean =>
  media.length === given.length &&
  media.every(({ file }, at) => {
    const name = given[at]?.name ?? ''
    return given[at]?.embedded !== undefined || /^data:/i.test(name) || posix.basename(name) === posix.basename(file)
  })

/** Opens the side file of a data file; null if there is none. Rows have no ids in most formats, so they are matched by order. */
export async function openProvenance(dataFile: string, scratch: Scratch): Promise<Provenance | null> {
  const sideFile = await findSideFile(dataFile)
  if (sideFile === null) return null
  const lines = scratch.gather<Line>()
  const order = new Map<Split, number[]>()
  for await (const { text } of readLines(sideFile)) {
    const line = lineSchema.safeParse(parse(text))
    if (!line.success) continue
    const { place } = lines.put(line.data.id, line.data)
    const places = order.get(line.data.split) ?? []
    places.push(place)
    order.set(line.data.split, places)
  }
  const read = new Map<Split, number>()
  return {
    find(file, { id, media }) {
      const split = splitOf(file)
      const at = read.get(split) ?? 0
      read.set(split, at + 1)
      const place = (id === null ? undefined : lines.find(id)) ?? order.get(split)?.[at]
      const line = place === undefined ? undefined : lines.get(place)
      return line && showsSame(line, media) ? line : null
    },
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

/** Adds the data of the side file to a row: its item, the names of its media, and the provider and model that drafted it. */
export function withProvenance(content: PairContent, line: Line | null): Pick<PairRecord, 'item' | 'media' | 'origin'> {
  if (line === null) return { item: null, media: content.media, origin: null }
  const { provider, model } = line.pairs[0] ?? {}
  const media = content.media.map((medium, at): PairMedium => {
    const { source, sha256 } = line.media[at] ?? {}
    // A video frame is not the source file of its video.
    const isSame = source !== undefined && isVideoName(source) === (medium.kind === 'video')
    return isSame ? { ...medium, fileName: source, sourceHash: sha256 } : medium
  })
  return { item: line.item, media, origin: provider && model ? { provider, model } : null }
}
