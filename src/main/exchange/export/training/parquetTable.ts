import type { SchemaElement } from 'hyparquet'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import type { Split } from '../../../../shared/domain'
import { naming } from '../files/atomicDirectory'
import { openParquetPart, type ParquetPart } from '../files/parquetPart'

/** Describes a column as a feature of Hugging Face `datasets`. */
export type Feature =
  | { readonly kind: 'string' | 'bool' | 'image' | 'int64' }
  | { readonly kind: 'list'; readonly of: Feature }
  | { readonly kind: 'struct'; readonly fields: Readonly<Record<string, Feature>> }

export type Columns = Readonly<Record<string, Feature>>

export interface PartLimits {
  /** Size in bytes of a part after which the next part begins. */
  readonly partBytes: number
  readonly groupRows: number
  readonly groupBytes: number
}

const defaultLimits: PartLimits = { partBytes: 500_000_000, groupRows: 1000, groupBytes: 16_000_000 }

const children = (feature: Feature, name: string): SchemaElement[] => {
  switch (feature.kind) {
    case 'string':
      return [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }]
    case 'bool':
      return [{ name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' }]
    case 'int64':
      return [{ name, type: 'INT64', repetition_type: 'OPTIONAL' }]
    case 'image':
      return [
        { name, repetition_type: 'OPTIONAL', num_children: 2 },
        { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
        { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      ]
    case 'list':
      return [
        { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...children(feature.of, 'element'),
      ]
    case 'struct': {
      const fields = Object.entries(feature.fields)
      return [{ name, repetition_type: 'OPTIONAL', num_children: fields.length }, ...fields.flatMap(([field, of]) => children(of, field))]
    }
    default:
      return feature satisfies never
  }
}

type FeatureJson = { readonly [key: string]: string | FeatureJson }

const toFeature = (feature: Feature): FeatureJson => {
  switch (feature.kind) {
    case 'image':
      return { _type: 'Image' }
    case 'list':
      return { feature: toFeature(feature.of), _type: 'List' }
    case 'struct':
      return Object.fromEntries(Object.entries(feature.fields).map(([name, of]) => [name, toFeature(of)]))
    case 'string':
    case 'bool':
    case 'int64':
      return { dtype: feature.kind, _type: 'Value' }
    default:
      return feature satisfies never
  }
}

/** Returns the metadata that `datasets` reads from the key `huggingface`; without it, images load as bare structs. */
export const featuresJson = (columns: Columns): string =>
  JSON.stringify({ info: { features: Object.fromEntries(Object.entries(columns).map(([name, feature]) => [name, toFeature(feature)])) } })

export interface ParquetTable {
  /**
   * Adds a row.
   * @param bytes approximate size of the row
   */
  add(row: Readonly<Record<string, unknown>>, bytes: number): Promise<void>
  /** Ends the last part and returns the names of all parts: `data/<split>-00000-of-00001.parquet` … */
  finish(): Promise<readonly string[]>
  close(): Promise<void>
  /** Returns the number of rows so far. */
  rows(): number
}

/** Opens a writer for the Parquet parts of a split. Memory holds one row group. */
export function openParquetTable(directory: string, split: Split, columns: Columns, limits: PartLimits = defaultLimits): ParquetTable {
  const parts: string[] = []
  const schema = Object.entries(columns).flatMap(([column, feature]) => children(feature, column))
  const form = { ...limits, schema, metadata: { key: 'huggingface', value: featuresJson(columns) } }
  let part: Promise<ParquetPart> | undefined
  let rows = 0
  return {
    rows: () => rows,
    async add(row, bytes) {
      if (part && (await part).bytes() >= limits.partBytes) {
        await (await part).finish()
        part = undefined
      }
      if (!part) {
        const name = `data/${split}-${String(parts.length).padStart(5, '0')}.parquet`
        parts.push(name)
        part = openParquetPart(path.join(directory, name), Object.keys(columns), form)
      }
      rows += 1
      await (await part).add(row, bytes)
    },
    async finish() {
      await (await part)?.finish()
      part = undefined
      const names = parts.map((name) => name.replace('.parquet', `-of-${String(parts.length).padStart(5, '0')}.parquet`))
      for (const [at, name] of names.entries())
        await naming(name, () => rename(path.join(directory, parts[at] ?? ''), path.join(directory, name)))
      return names
    },
    async close() {
      await (await part?.catch(() => undefined))?.close()
      part = undefined
    },
  }
}
