import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { createSnapshot } from '../../src/main/exchange/snapshot/createSnapshot'
import { decide } from '../../src/main/store/decisions/decisions'
import { noSplit, type SnapshotRequest } from '../../src/shared/snapshot'
import { accept, addItem, draft, newExportProject, sampleMedia, somePairs, type TestProject } from './exportProject'

/** Ten items: each of eight photographs once, one of them twice, and another in a smaller version. Two pairs an item are accepted, one is edited, one rejected. */
export async function newSnapshotProject(): Promise<TestProject> {
  const project = await newExportProject('la', 'Harbour')
  const write = async (name: string, width: number, quality: number) => {
    const file = path.join(project.root, `${name}-${width}.jpg`)
    await sharp(path.join(sampleMedia, `${name}.jpg`))
      .resize(width)
      .jpeg({ quality })
      .toFile(file)
    return file
  }
  const photographs = ['astronaut', 'cat', 'coffee', 'flower', 'hubble', 'motorcycle', 'officer', 'rocket']
  const files = await Promise.all(photographs.map((name) => write(name, 240, 90)))
  files.push(files[1] ?? '', await write('rocket', 120, 60))
  for (const [at, file] of files.entries()) {
    const item = await addItem(project, `item-${at}`, [file], { captions: [`Number ${at}.`], license: at < 4 ? 'CC0' : 'CC BY 4.0' })
    const [one = 0, two = 0, three = 0, four = 0] = draft(project, item, somePairs(4, `thing ${at}`))
    accept(project, one, two)
    const pair = { instruction: `What is thing ${at}?`, response: `Somebody wrote this answer to number ${at} anew.` }
    decide(project.db, { candidateId: three, verdict: 'edit', pair, reviewer: 'Ada', seconds: 2 })
    decide(project.db, { candidateId: four, verdict: 'reject', reason: 'wrong fact', reviewer: 'Ada', seconds: 2 })
  }
  return project
}

export const take = (project: TestProject, name: string, request: Partial<SnapshotRequest> = {}) =>
  createSnapshot(project, { name, filter: {}, shares: noSplit, seed: 1, ...request }, { createdBy: 'Ada' })

/** The files of a folder with the hashes of their content. */
export async function hashFolder(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name))
  const hashes = files.toSorted().map(async (file) => {
    const hash = createHash('sha256').update(await readFile(file)).digest('hex') // prettier-ignore
    return [path.relative(folder, file), hash] as const
  })
  return Object.fromEntries(await Promise.all(hashes))
}
