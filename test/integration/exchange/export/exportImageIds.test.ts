import { copyFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decide } from '../../../../src/main/store/decisions/decisions'
import { saveImageNames } from '../../../../src/main/store/library/media'
import { findItemId } from '../../../../src/main/store/library/items'
import {
  accept,
  addApproved,
  addItem,
  draft,
  newExportProject,
  paint,
  readJson,
  somePairs,
  type TestProject,
} from '../../../support/exportProject'
import { exportPairs, importFiles } from '../../../support/inEnglish'

const cases = path.join(import.meta.dirname, '../../../fixtures/cases/32-image-id-reassigned')

let project: TestProject
beforeEach(async () => {
  project = await newExportProject()
})
afterEach(() => project.remove())

/** The images of each pair after an export, by candidate. */
async function exportIds(): Promise<Record<string, readonly string[]>> {
  await exportPairs(project, { format: 'mimic-it', directory: project.out })
  const { data } = (await readJson(path.join(project.out, 'LA_instructions.json'))) as {
    data: Record<string, { image_ids: readonly string[] }>
  }
  return Object.fromEntries(Object.entries(data).map(([id, { image_ids }]) => [id, image_ids]))
}

const importFolder = (folder: string, update = false) => importFiles(project, { format: 'folder', mediaDirectory: folder, update })
const approve = (sourceId: string) => addApproved(project, findItemId(project.db, sourceId) ?? 0, somePairs(1))[0]!

describe('an id that an export gave stays with its image', () => {
  it('when another of the same safe name comes later', async () => {
    await importFolder(path.join(cases, 'm1'))
    approve('a b.png')
    const first = await exportIds()
    expect(first).toEqual({ LA_INS_00001: ['LA_IMG_a_b.png'] })
    await importFolder(path.join(cases, 'm2'))
    approve('a_b.png')
    expect(await exportIds()).toEqual({ ...first, LA_INS_00002: [expect.stringMatching(/^LA_IMG_a_b\.png_[0-9a-f]{8}$/)] })
  })

  it('when an earlier item, whose image would have that id, is approved later', async () => {
    const pair = [await paint(project, 'one.png', 10), await paint(project, 'two.png', 20)]
    const [early] = draft(project, await addItem(project, 'coins', pair), somePairs(1))
    addApproved(project, await addItem(project, 'coins_1', [await paint(project, 'three.png', 30)]), somePairs(1))
    const first = await exportIds()
    expect(first).toEqual({ LA_INS_00002: ['LA_IMG_coins_1'] })
    accept(project, early!)
    const second = await exportIds()
    expect(second).toEqual({ ...first, LA_INS_00001: [expect.stringMatching(/^LA_IMG_coins_1_[0-9a-f]{8}$/), 'LA_IMG_coins_2'] })
    decide(project.db, { candidateId: 2, verdict: 'reject', reviewer: 'Ada' })
    expect(await exportIds()).toEqual({ LA_INS_00001: second.LA_INS_00001 })
  })

  it('when its item gets another image: that one has an id of its own', async () => {
    const folder = path.join(project.root, 'inbox')
    await mkdir(folder)
    const [before, after] = [await paint(project, 'before.png', 10), await paint(project, 'after.png', 200)]
    await copyFile(before, path.join(folder, 'cup.png'))
    await importFolder(folder)
    approve('cup.png')
    expect(await exportIds()).toEqual({ LA_INS_00001: ['LA_IMG_cup.png'] })
    await copyFile(after, path.join(folder, 'cup.png'))
    expect(await importFolder(folder, true)).toMatchObject({ updated: 1 })
    const changed = await exportIds()
    expect(changed).toEqual({ LA_INS_00001: [expect.stringMatching(/^LA_IMG_cup\.png_[0-9a-f]{8}$/)] })
    // The first image again has its own id again.
    await copyFile(before, path.join(folder, 'cup.png'))
    await importFolder(folder, true)
    expect(await exportIds()).toEqual({ LA_INS_00001: ['LA_IMG_cup.png'] })
  })

  it('when its item gets another image after exports that kept no names, unless it cannot have been exported', async () => {
    const folder = path.join(project.root, 'inbox')
    await mkdir(folder)
    const put = async (grey: number) => {
      for (const name of ['cup.png', 'pot.png'])
        await copyFile(await paint(project, `${grey}.png`, name === 'cup.png' ? grey : grey + 5), path.join(folder, name))
    }
    await put(10)
    await importFolder(folder)
    approve('cup.png')
    await put(200)
    expect(await importFolder(folder, true)).toMatchObject({ updated: 2 })
    approve('pot.png')
    expect(await exportIds()).toEqual({
      LA_INS_00001: [expect.stringMatching(/^LA_IMG_cup\.png_[0-9a-f]{8}$/)],
      LA_INS_00002: ['LA_IMG_pot.png'],
    })
    await put(10)
    await importFolder(folder, true)
    expect(await exportIds()).toMatchObject({ LA_INS_00001: ['LA_IMG_cup.png'] })
  })

  it('and an export that comes between two others is refused rather than gives one twice', () => {
    const [one, other] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)]
    saveImageNames(project.db, [{ name: 'cat', owner: one }])
    saveImageNames(project.db, [{ name: 'cat', owner: one }])
    expect(() =>
      saveImageNames(project.db, [
        { name: 'dog', owner: other },
        { name: 'cat', owner: Buffer.alloc(16, 3) },
      ]),
    ).toThrow(/Another export/)
    saveImageNames(project.db, [{ name: 'moon', owner: other }])
    expect(() => saveImageNames(project.db, [{ name: 'sun', owner: other }])).toThrow(/Another export/)
  })
})
