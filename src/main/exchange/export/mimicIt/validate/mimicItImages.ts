import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import { asyncBufferFromFile } from 'hyparquet/src/node.js'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { messageOf } from '../../../../../shared/problem'
import { message, type Message } from '../../../../../shared/messages/message'
import type { Pause } from '../../exportJob'
import { decodeImage } from '../../../../media/image/decode'
import { trainingImageSize } from '../../../../media/image/trainingImage'
import type { MimicItFindings } from './mimicItChecks'

export interface ImageLimits {
  /** Size in bytes that a part must not reach. */
  readonly partBytes: number
  /** Size in bytes above which a row group causes a warning: pandas holds a row group in memory twice. */
  readonly groupBytes: number
}

export const defaultImageLimits: ImageLimits = { partBytes: 2_000_000_000, groupBytes: 512_000_000 }

/** Number of images decoded concurrently. */
const atOnce = 8

/** Reads `X.parquet`, checks every image in it, and returns the image ids, or null if the file cannot be read at all. */
export async function readImages(
  file: string,
  findings: MimicItFindings,
  limits: ImageLimits & { readonly pause: Pause },
): Promise<readonly string[] | null> {
  const name = path.basename(file)
  const isParquet = name.endsWith('.parquet')
  const kind = message('exportSet.mimicIt.loaderTakesParquet')
  if (!findings.expect(isParquet, 'images-file', name, null, kind)) return null
  const { size } = await stat(file)
  findings.expect(
    size < limits.partBytes,
    'part-size',
    name,
    null,
    message('exportSet.mimicIt.partTooLarge', { size, limit: limits.partBytes }),
  )
  try {
    const buffer = await asyncBufferFromFile(file)
    const metadata = await parquetMetadataAsync(buffer)
    checkRowGroups(metadata, name, findings, limits)
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name)
    if (!findings.expect(columns.includes('base64'), 'images-file', name, null, message('exportSet.mimicIt.noBase64Column'))) return null
    const index = findIndex(metadata, columns, name, findings)
    if (index === undefined) return null
    return await readRows(buffer, { metadata, index, name, pause: limits.pause }, findings)
  } catch (error) {
    findings.report('images-file', name, null, message('exportSet.mimicIt.fileUnreadable', { reason: messageOf(error) }))
    return null
  }
}

function checkRowGroups({ row_groups: groups }: FileMetaData, file: string, findings: MimicItFindings, limits: ImageLimits): void {
  for (const [position, { total_byte_size: bytes }] of groups.entries())
    findings.expect(
      bytes <= limits.groupBytes,
      'row-groups',
      file,
      null,
      message('exportSet.mimicIt.rowGroupTooLarge', { number: position + 1, bytes: Number(bytes), limit: limits.groupBytes }),
    )
}

/** The `pandas` entry of the file: https://pandas.pydata.org/docs/development/developer.html */
const pandasSchema = z.object({
  index_columns: z.tuple([z.string()]),
  column_indexes: z.array(z.unknown()),
  columns: z.array(
    z.object({ name: z.string().nullable(), field_name: z.string().optional(), pandas_type: z.string(), numpy_type: z.string() }),
  ),
  pandas_version: z.string(),
})

/**
 * Returns the column that becomes the index. If pandas would not find it, returns the only other column, so that the remaining checks can
 * run.
 */
function findIndex(metadata: FileMetaData, columns: readonly string[], file: string, findings: MimicItFindings): string | undefined {
  const others = columns.filter((column) => column !== 'base64')
  const fallback = others.length === 1 ? others[0] : undefined
  const fail = (fault: Message) => {
    findings.expect(false, 'pandas-index', file, null, fault)
    return fallback
  }
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'pandas')?.value
  if (text === undefined) return fail(message('exportSet.mimicIt.pandasMissing'))
  const parsed = pandasSchema.safeParse(parseJson(text))
  if (!parsed.success) return fail(message('exportSet.mimicIt.pandasWithoutIndex', { path: parsed.error.issues[0]?.path.join('.') }))
  const [index] = parsed.data.index_columns
  if (!others.includes(index)) return fail(message('exportSet.mimicIt.pandasIndexWrong', { index }))
  if (!parsed.data.columns.some(({ name, field_name: field }) => (field ?? name) === index))
    return fail(message('exportSet.mimicIt.pandasIndexNotDescribed', { index }))
  findings.passed(1)
  return index
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readRows(
  file: AsyncBuffer,
  { metadata, index, name, pause }: { metadata: FileMetaData; index: string; name: string; pause: Pause },
  findings: MimicItFindings,
): Promise<readonly string[]> {
  const ids: string[] = []
  let rowStart = 0
  for (const { num_rows: rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(rows)
    const group = await parquetReadObjects({ file, metadata, columns: ['base64', index], rowStart, rowEnd })
    for (let at = 0; at < group.length; at += atOnce) {
      await pause(rowStart + at, Number(metadata.num_rows))
      await Promise.all(group.slice(at, at + atOnce).map((row) => checkImage(row[index], row.base64, name, findings)))
    }
    for (const row of group) ids.push(String(row[index]))
    rowStart = rowEnd
  }
  return ids
}

/** Python decodes both base64 alphabets and requires padding. */
const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/

async function checkImage(id: unknown, value: unknown, file: string, findings: MimicItFindings): Promise<void> {
  if (
    !findings.expect(typeof id === 'string' && id !== '', 'images-file', file, null, message('exportSet.mimicIt.rowWithoutImageId')) ||
    typeof id !== 'string'
  )
    return
  const isText = typeof value === 'string'
  if (!findings.expect(isText, 'base64', file, id, message('exportSet.mimicIt.imageNotText')) || !isText) return
  const plain = !value.startsWith('data:')
  if (!findings.expect(plain, 'data-prefix', file, id, message('exportSet.mimicIt.imageIsDataUrl'))) return
  const encoded = base64.test(value) && value.length % 4 === 0
  if (!findings.expect(encoded, 'base64', file, id, message('exportSet.mimicIt.imageNotBase64'))) return
  try {
    const { width, height, rgb } = await decodeImage(Buffer.from(value, 'base64'))
    const published = width === trainingImageSize && height === trainingImageSize && rgb
    const expected = message('exportSet.mimicIt.publishedImageSize', { width: trainingImageSize, height: trainingImageSize })
    findings.expect(
      published,
      'image-size',
      file,
      id,
      message('exportSet.mimicIt.imageSize', { width, height, mode: rgb ? '' : message('exportSet.mimicIt.notRgb'), expected }),
    )
  } catch (error) {
    findings.expect(false, 'image-decodes', file, id, message('exportSet.mimicIt.imageDoesNotDecode', { reason: messageOf(error) }))
  }
}
