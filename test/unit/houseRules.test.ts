import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { houseRules } from '../support/houseRules'
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
    expect(files).toEqual(expect.arrayContaining(['package.json', 'src/shared/domain.ts', 'test/unit/houseRules.test.ts']))
    expect(files.some((file) => file.includes('node_modules'))).toBe(false)
  })
})
