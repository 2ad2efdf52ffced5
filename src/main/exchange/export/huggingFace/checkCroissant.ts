import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { messageOf } from '../../../../shared/problem'
import { message } from '../../../../shared/messages/message'
import { findPathFault, isRecord, type Checks, type Row } from '../training/check/checks'
import { conformsTo, croissantFile, hashFile } from './croissant'

const requiredKeys = ['@context', '@type', 'name', 'description', 'url', 'conformsTo', 'datePublished', 'license', 'creator'] as const

/** Checks Croissant metadata: the errors at which mlcroissant stops, and the other requirements of the specification. */
export async function checkCroissant(directory: string, checks: Checks): Promise<void> {
  const fail = (fault: Parameters<Checks['fail']>[2]) => checks.fail('settings', { file: croissantFile }, fault)
  let set: unknown
  try {
    set = JSON.parse(await readFile(path.join(directory, croissantFile), 'utf8'))
  } catch (error) {
    return fail(message('exportSet.jsonl.fileUnusable', { reason: messageOf(error) }))
  }
  if (!isRecord(set)) return fail(message('training.check.rowNotObject'))
  for (const key of requiredKeys) if (isBlank(set[key])) fail(message('training.check.keyMissing', { key }))
  const versions: unknown[] = [set['conformsTo']].flat()
  for (const version of conformsTo) if (!versions.includes(version)) fail(message('training.check.conformsTo', { version }))
  const context = set['@context']
  if (isRecord(context)) {
    if (isBlank(context['@language'])) fail(message('training.check.keyMissing', { key: '@context.@language' }))
    for (const key of ['@vocab', 'sc'])
      if (context[key] !== 'https://schema.org/') fail(message('training.check.vocabulary', { key, value: String(context[key]) }))
  }
  const ids = new Set<string>()
  const note = (node: Row) => {
    const id = String(node['@id'])
    if (isBlank(node['@id'])) fail(message('training.check.keyMissing', { key: '@id' }))
    else if (ids.has(id)) fail(message('training.check.idTwice', { id }))
    ids.add(id)
  }
  const files = nodesOf(set['distribution'])
  if (files.length === 0) fail(message('training.check.keyMissing', { key: 'distribution' }))
  for (const file of files) {
    note(file)
    for (const key of ['contentUrl', 'encodingFormat'])
      if (isBlank(file[key])) fail(message('training.check.keyMissing', { key: `distribution.${key}` }))
    await checkHash(directory, file, fail)
  }
  const fields = nodesOf(set['recordSet']).flatMap((recordSet) => {
    note(recordSet)
    return nodesOf(recordSet['field'])
  })
  if (fields.length === 0) fail(message('training.check.keyMissing', { key: 'recordSet.field' }))
  for (const field of fields) {
    note(field)
    if (isBlank(field['dataType'])) fail(message('training.check.keyMissing', { key: `${String(field['@id'])} dataType` }))
  }
  for (const field of fields) {
    const source = isRecord(field['source']) ? field['source'] : {}
    const to = isRecord(source['fileObject']) ? source['fileObject']['@id'] : undefined
    if (!files.some((file) => file['@id'] === to)) fail(message('training.check.danglingId', { id: String(to) }))
  }
}

const isBlank = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

const nodesOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRecord) : isRecord(value) ? [value] : [])

async function checkHash(directory: string, file: Row, fail: (fault: Parameters<Checks['fail']>[2]) => void): Promise<void> {
  const { contentUrl, sha256 } = file
  if (isBlank(sha256) && isBlank(file['md5'])) return fail(message('training.check.keyMissing', { key: 'distribution.sha256' }))
  if (typeof contentUrl !== 'string' || contentUrl === '') return
  const fault = findPathFault(contentUrl)
  if (fault) return fail(fault)
  const found = await hashFile(path.join(directory, contentUrl)).catch(() => null)
  if (found === null) fail(message('exportSet.mimicIt.noFile', { path: contentUrl }))
  else if (typeof sha256 === 'string' && found !== sha256) fail(message('training.check.hashDiffers', { file: contentUrl }))
}
