import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { houseRules, packagesLoadedWith } from '../support/houseRules'
import { listProjectFiles, projectRoot, readProjectFile } from '../support/projectFiles'

const files = listProjectFiles()
const megabyte = 1024 * 1024

describe.each(houseRules)('house rule: $name', ({ appliesTo, findIn, counterExample: [file, text] }) => {
  it('is kept by every file', () => {
    const broken = files.filter(appliesTo).flatMap((each) => findIn(each, readProjectFile(each)).map((found) => `${each}: ${found}`))
    expect(broken).toEqual([])
  })

  it('catches a file that breaks it', () => {
    expect(appliesTo(file)).toBe(true)
    expect(findIn(file, text)).not.toEqual([])
  })
})

describe('the project', () => {
  it('keeps no file over 1 MB but the sample media and icons', () => {
    const large = files.filter(
      (file) => !/^(?:resources|build\/icons)\//.test(file) && fs.statSync(path.join(projectRoot, file)).size > megabyte,
    )
    expect(large).toEqual([])
  })

  it('is seen by these rules', () => {
    expect(files).toEqual(expect.arrayContaining(['package.json', 'src/shared/domain/item.ts', 'test/unit/houseRules.test.ts']))
    expect(files.some((file) => file.includes('node_modules'))).toBe(false)
  })
})

describe("the window's main process", () => {
  it('loads no sharp, whose GLib does not go with GTK', () => {
    expect([...packagesLoadedWith('src/main/index.ts', files, readProjectFile)]).not.toContain('sharp')
  })

  it('has a decoder page that loads nothing that only Node has', () => {
    const loaded = [...packagesLoadedWith('src/main/media/video/decoder/page.ts', files, readProjectFile)]
    expect(loaded).toContain('mediabunny')
    expect(loaded.filter((name) => name.startsWith('node:') || name === 'sharp' || name === 'electron')).toEqual([])
  })

  it('is followed through what it imports, but not through types and what is loaded when it is needed', () => {
    const sources: Record<string, string> = {
      'a.ts': "import { b } from './b'\nimport type { c } from './c'\nimport {\n  type D,\n  d,\n} from './d'\n",
      'b.ts': "export * from 'zod'\nconst sharp = await import('sharp')\n",
      'c.ts': "import sharp from 'sharp'\n",
      'd.ts': "import 'yaml'\nimport { a } from './a'\n",
    }
    const packages = packagesLoadedWith('a.ts', Object.keys(sources), (file) => sources[file] ?? '')
    expect([...packages].toSorted()).toEqual(['yaml', 'zod'])
  })
})
